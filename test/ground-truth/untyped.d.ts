/** It ships no types; what is made with it here is only looked at. */
declare module 'three';
