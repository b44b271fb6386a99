/** Measures how long a walk has taken in the page, and whether that is too long. */
import type { Builtins } from './builtins.ts';

/** The number of steps after which the clock is read. */
const stepsPerReading = 64;
/** Milliseconds for which a walk in pieces may block the page at a time. */
const longestPiece = 250;

export class Budget {
  /** Once it is true, nothing more is read. */
  late = false;
  /** The number of lists that it cut short. */
  interrupted = 0;
  private readonly clock: () => unknown;
  private limit = 0;
  private used = 0;
  private resumed = 0;
  private steps = 0;
  private visits = 0;

  constructor(builtins: Builtins) {
    this.clock = builtins.clock;
  }

  /** @param limit Milliseconds. */
  begin(limit: number): void {
    this.late = false;
    this.interrupted = 0;
    this.limit = limit;
    this.used = 0;
    this.steps = 0;
    this.resume();
  }

  /** Time counts between these two. */
  resume(): void {
    this.resumed = this.now();
  }

  pause(): void {
    this.used = this.elapsed();
    this.resumed = this.now();
  }

  /** Milliseconds. */
  elapsed(): number {
    return this.used + this.now() - this.resumed;
  }

  /** Counts a step. True when there is no time for it. */
  isOver(): boolean {
    if (this.late) return true;
    this.steps += 1;
    if (this.steps % stepsPerReading === 0) this.late = this.elapsed() > this.limit;
    return this.late;
  }

  /** Counts a visit. True when the page should get a turn before the next one. */
  isPieceOver(): boolean {
    this.visits += 1;
    return this.visits % stepsPerReading === 0 && this.now() - this.resumed > longestPiece;
  }

  /** Even finding out what an object is takes long when a proxy invents its prototypes. */
  isOverdue(): boolean {
    return this.late && this.elapsed() > 2 * this.limit;
  }

  private now(): number {
    const time = this.clock();
    return typeof time === 'number' ? time : 0;
  }
}
