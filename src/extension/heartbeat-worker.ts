/** Sends heartbeats for a page that may be out of sight, when Chrome slows down the page's own timers. Does nothing else. */
import { timedHeartbeat } from '../transport/heartbeat.ts';

timedHeartbeat(() => postMessage(null));
