/** A color for each kind of box, in both themes. The theme's color is the default. */
import { fills } from '../../src/drawing/palettes.ts';
import { categories } from '../../src/settings/settings.ts';
import { say } from '../../src/words/say.ts';
import type { SettingsStore } from './settings-store.ts';

type Category = (typeof categories)[number];

const names: Readonly<Record<Category, string>> = {
  array: say('category_array'),
  frozenArray: say('category_frozenArray'),
  set: say('category_set'),
  map: say('category_map'),
  object: say('category_object'),
  scope: say('category_scope'),
  instance: say('category_instance'),
  class: say('category_class'),
  function: say('category_function'),
  stack: say('category_stack'),
  error: say('category_error'),
  buffer: say('category_buffer'),
  date: say('category_date'),
  regexp: say('category_regexp'),
  promise: say('category_promise'),
  proxy: say('category_proxy'),
  weak: say('category_weak'),
  generator: say('category_generator'),
  node: say('category_node'),
  string: say('category_string'),
  number: say('category_number'),
  bigint: say('category_bigint'),
  boolean: say('category_boolean'),
  nothing: say('category_nothing'),
  symbol: say('category_symbol'),
  collapsed: say('category_collapsed'),
  other: say('category_other'),
};

export function Colors({ store }: { readonly store: SettingsStore }) {
  const { colors, palette } = store.settings.value.drawing;
  const { light, dark } = fills[palette];
  return (
    <table class="colors">
      <thead>
        <tr>
          <td />
          <th>{say('theme_light')}</th>
          <th>{say('theme_dark')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {categories.map((category) => {
          const own = colors[category];
          const shown = own ?? { light: light[category], dark: dark[category] };
          const { [category]: _own, ...others } = colors;
          return (
            <tr key={category}>
              <th scope="row">{names[category]}</th>
              {(['light', 'dark'] as const).map((theme) => (
                <td key={theme}>
                  <input
                    type="color"
                    aria-label={say('color_inTheme', { name: names[category], theme })}
                    value={shown[theme]}
                    onChange={(event) =>
                      store.change('drawing.colors', {
                        ...colors,
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
                    title={say('action_resetBox')}
                    aria-label={say('settings_resetNamed', { name: names[category] })}
                    onClick={() => store.change('drawing.colors', others)}
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
