/** Beats for a page that may be out of sight, whose own timers Chrome then slows down. Knows nothing else. */
import { timedHeartbeat } from '../src/capture/heartbeat.ts';

timedHeartbeat(() => postMessage(null));
