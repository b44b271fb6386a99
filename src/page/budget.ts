/** How long a walk has taken in the page, and whether that was too long. */
import type { Builtins } from './builtins.ts';

/** The clock is read once in so many steps. */
const stepsPerReading = 64;
/** Milliseconds for which a page may stand still at a time where it need not stand still for all. */
const longestPiece = 250;

export class Budget {
  /** Once it is true, nothing more is read. */
  late = false;
  /** Lists that it cut short. */
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

  /** Between these two time counts. */
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

  /** Takes a step; true when there is no time for it. */
  isOver(): boolean {
    if (this.late) return true;
    this.steps += 1;
    if (this.steps % stepsPerReading === 0) this.late = this.elapsed() > this.limit;
    return this.late;
  }

  /** Takes a visit; true when the page should have a turn before the next one. */
  isPieceOver(): boolean {
    this.visits += 1;
    return this.visits % stepsPerReading === 0 && this.now() - this.resumed > longestPiece;
  }

  /** Even saying what an object is takes long where a proxy invents its prototypes. */
  isOverdue(): boolean {
    return this.late && this.elapsed() > 2 * this.limit;
  }

  private now(): number {
    const time = this.clock();
    return typeof time === 'number' ? time : 0;
  }
}
