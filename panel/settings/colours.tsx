/** A colour for each kind of box, in both themes; those that nobody chose are the theme's. */
import { palettes } from '../../src/drawing/theme.ts';
import { categories } from '../../src/settings/settings.ts';
import type { SettingsStore } from './settings-store.ts';

type Category = (typeof categories)[number];

const names: Readonly<Record<Category, string>> = {
  array: 'Array',
  frozenArray: 'Frozen array',
  set: 'Set, WeakSet',
  map: 'Map, WeakMap',
  object: 'Plain object',
  scope: 'Scope',
  instance: 'Class instance',
  class: 'Class',
  function: 'Function',
  stack: 'Call stack',
  error: 'Error',
  buffer: 'Typed array, buffer',
  date: 'Date',
  regexp: 'RegExp',
  promise: 'Promise',
  proxy: 'Proxy',
  weak: 'WeakRef',
  generator: 'Generator, iterator',
  node: 'DOM node',
  string: 'String',
  number: 'Number',
  bigint: 'BigInt',
  boolean: 'Boolean',
  nothing: 'null, undefined',
  symbol: 'Symbol',
  collapsed: 'Collapsed',
  other: 'Anything else',
};

export function Colours({ store }: { readonly store: SettingsStore }) {
  const { colours } = store.settings.value.drawing;
  return (
    <table class="colours">
      <thead>
        <tr>
          <td />
          <th>Light</th>
          <th>Dark</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {categories.map((category) => {
          const own = colours[category];
          const shown = own ?? { light: palettes.light.fills[category], dark: palettes.dark.fills[category] };
          const { [category]: _own, ...others } = colours;
          return (
            <tr key={category}>
              <th scope="row">{names[category]}</th>
              {(['light', 'dark'] as const).map((theme) => (
                <td key={theme}>
                  <input
                    type="color"
                    aria-label={`${names[category]}, ${theme} theme`}
                    value={shown[theme]}
                    onChange={(event) =>
                      store.change('drawing.colours', {
                        ...colours,
                        [category]: { ...shown, [theme]: event.currentTarget.value },
                      })
                    }
                  />
                </td>
              ))}
              <td>
                {own && (
                  <button
                    type="button"
                    class="tool reset"
                    title="Back to the default"
                    aria-label={`${names[category]}: back to the default`}
                    onClick={() => store.change('drawing.colours', others)}
                  >
                    ↺
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
