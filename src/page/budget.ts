/** How long a walk has taken in the page, and whether that was too long. */
import type { Builtins } from './builtins.ts';

/** The clock is read once in so many steps. */
const stepsPerReading = 64;

export class Budget {
  /** Once it is true, nothing more is read. */
  late = false;
  /** Lists that it cut short. */
  interrupted = 0;
  private readonly clock: () => unknown;
  private readonly limit: number;
  private used = 0;
  private resumed: number;
  private steps = 0;

  /** @param limit Milliseconds. */
  constructor(builtins: Builtins, limit: number) {
    this.clock = builtins.clock;
    this.limit = limit;
    this.resumed = this.now();
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

  /** Even saying what an object is takes long where a proxy invents its prototypes. */
  isOverdue(): boolean {
    return this.late && this.elapsed() > 2 * this.limit;
  }

  private now(): number {
    const time = this.clock();
    return typeof time === 'number' ? time : 0;
  }
}
