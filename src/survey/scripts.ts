/** Lists the scripts of a page that users write: modules, which of them are superseded by later ones, and other scripts. Pure. */
import type { ScriptFacts } from '../transport/debugger-domain.ts';

export interface FoundScript {
  readonly scriptId: string;
  readonly url: string;
  readonly isModule: boolean;
  /** `superseded`: the same address was loaded again later. `copy`: the same file of a package is there at another address. */
  readonly state: 'live' | 'superseded' | 'copy';
}

/** Scripts that users write have addresses. */
export function scriptsIn(scripts: ReadonlyMap<string, ScriptFacts>): readonly FoundScript[] {
  const told = [...scripts].filter(
    ([, { url, isolated }]) =>
      !isolated && /^(?:https?|file|blob|webpack|data):/.test(url) && !/^data:.{200}/.test(url),
  );
  // V8 numbers scripts in the order in which they come.
  const order = told.sort(([a], [b]) => Number(a) - Number(b));
  const latest = new Map<string, string>();
  const inPackages = new Map<string, Set<string>>();
  for (const [id, { url }] of order) {
    const address = addressOf(url);
    latest.set(address, id);
    const file = packageFileOf(address);
    if (file !== null) inPackages.set(file, (inPackages.get(file) ?? new Set()).add(address));
  }
  return order.map(([scriptId, { url, isModule }]) => {
    const address = addressOf(url);
    const file = packageFileOf(address);
    const copies = file === null ? 1 : (inPackages.get(file)?.size ?? 1);
    // The scripts of a document share its address.
    const superseded = isModule && latest.get(address) !== scriptId;
    return { scriptId, url, isModule, state: superseded ? 'superseded' : copies > 1 ? 'copy' : 'live' };
  });
}

const addressOf = (url: string): string => url.replace(/[?#].*$/, '');

function packageFileOf(address: string): string | null {
  const at = address.lastIndexOf('/node_modules/');
  return at < 0 ? null : address.slice(at + '/node_modules/'.length);
}

/** The name of the file at an address. */
export const fileOf = (url: string): string => addressOf(url).split('/').at(-1) || url;
