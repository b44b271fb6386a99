/** It ships no types; what is made with it here is only read. */
declare module 'three';
