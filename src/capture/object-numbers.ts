/** The next number of a heap, so that two agents of one heap never give one number twice. */

/** The number with which the next agent of a heap starts. All captures of the heap share it. */
export interface NumberSource {
  next: number;
}
