/** Says, over a corner of the picture, that it shows something other than usual, and leads back. */
import { titleOf } from '../../../src/diagram/titles.ts';
import { say } from '../../../src/words/say.ts';
import { createAction } from '../../actions/action.ts';
import type { Picture } from '../../reading/picture.ts';
import type { ViewActions } from '../../reading/view/view-actions.ts';
import { TextActionButton } from '../../widgets/action-button.tsx';

/** Characters of a type's name. */
const LONGEST = 40;

export function ViewBar({ picture, view }: { readonly picture: Picture; readonly view: ViewActions }) {
  const { focus, pathsTo, lens, offered } = view.state.value;
  const text = pathsTo
    ? say('part_paths', { name: namesOf(pathsTo, picture) })
    : focus && say('part_focus', { path: focus });
  const [offer] = offered;
  if (!text && !lens && !offer) return null;
  return (
    <div class="view-bars">
      {text && (
        <div class="view-bar" role="status">
          <span class="text" title={text}>
            {text}
          </span>
          <TextActionButton action={createAction('viewBack', view.back)} />
        </div>
      )}
      {lens ? (
        <div class="view-bar lens" role="status">
          <span class="text" title={lens.reads?.closures ? say('lens_closures') : undefined}>
            {say('lens_on', { name: lens.name })}
          </span>
          <TextActionButton action={createAction('lensOff', () => void view.useLens(null))} />
        </div>
      ) : (
        offer && (
          <div class="view-bar lens">
            <span class="text">{say('lens_offer', { name: offer.name })}</span>
            <TextActionButton action={createAction('lensOn', () => void view.useLens(offer.name))} />
          </div>
        )
      )}
    </div>
  );
}

function namesOf(ids: readonly number[], { snapshot }: Picture): string {
  const names = ids.map((id) => {
    const object = snapshot.objects.get(id);
    return object ? `${titleOf(object, LONGEST)} #${id}` : `#${id}`;
  });
  return names.join(', ');
}
