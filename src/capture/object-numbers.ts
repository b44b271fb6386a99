/** What all captures of a heap share, so that two agents of one heap never give one number twice, and none asks what it must not. */

export interface NumberSource {
  /** The number with which the next agent of the heap starts. */
  next: number;
  /**
   * The page made accessors of what every object inherits. A script cannot find the agent then without running one of them, so only
   * the debugger, which has the agent's handle, renews its lease.
   */
  hardened?: boolean;
}
