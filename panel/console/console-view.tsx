/** The objects that the page logged, to be drawn at a click; and the other ways from the console. */
import type { ReadonlySignal } from '@preact/signals';
import { type ComponentChildren, Fragment } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { sentence } from '../../src/capture/failure.ts';
import type { LoggedObject } from '../../src/devtools/console-log.ts';
import type { Host } from '../host.ts';
import { Menu, MenuItem, type MenuPlace } from '../menu/menu.tsx';
import type { LoggedEntry, LoggedPlace } from './console-session.ts';

interface ConsoleViewProps {
  readonly host: Host;
  readonly lead: ComponentChildren;
  /** Draws an expression of a frame or worker (null for the page) and shows it. */
  readonly onDraw: (expression: string, heap: string | null) => void;
  /** Draws it together with what is drawn. */
  readonly onAdd: (expression: string, heap: string | null) => void;
}

interface OpenMenu extends MenuPlace {
  readonly object: LoggedObject;
  readonly heap: string | null;
}

export function ConsoleView({ host, lead, onDraw, onAdd }: ConsoleViewProps) {
  const { console: logged, watching } = host;
  const [filter, setFilter] = useState('');
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    logged.want();
    return () => logged.release();
  }, [logged]);
  const draw = (place: LoggedPlace) => onDraw(logged.nameOf(place), place.heap);
  const placeIn = ({ object, heap }: OpenMenu): LoggedPlace => ({ objectId: object.objectId, heap });
  const store = async (place: LoggedPlace) => {
    const name = await logged.store(place);
    setSaid(name === null ? 'This object is gone: the page went elsewhere.' : `It is stored as ${name}.`);
  };
  const list = useRef<HTMLOListElement>(null);
  const words = filter.toLowerCase();
  const shown = logged.entries.value.filter((entry) => textOf(entry).includes(words)).reverse();
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Console">
        {lead}
        <input
          class="filter"
          type="search"
          placeholder="Filter"
          aria-label="Filter"
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => walk(event, list.current)}
        />
        <button
          type="button"
          class="text-button"
          title="Graph of the last result in the Console"
          onClick={() => onDraw('$_', null)}
        >
          $_
        </button>
        <button
          type="button"
          class="text-button"
          title="Graph of the element that is selected in Elements"
          onClick={() => onDraw('$0', null)}
        >
          $0
        </button>
        <Choice
          choice={watching}
          title="Asks the page for temp1, temp2, … when a script came, and once a second"
          label="Draw what is stored as a global variable"
          onChange={host.setWatching}
        />
        <Choice
          choice={host.pageCalls}
          title="memoryGraph.show(x) in the page's own code"
          label="Draw what the page's code shows"
          onChange={host.setPageCalls}
        />
      </div>
      {said !== null && (
        <div class="notice" role="status">
          <span class="text">{said}</span>
          <button type="button" class="tool close" title="Dismiss" aria-label="Dismiss" onClick={() => setSaid(null)}>
            ×
          </button>
        </div>
      )}
      <main class="stage console" aria-label="Logged objects">
        {shown.length > 0 ? (
          <ol ref={list} class="logged" onKeyDown={(event) => walk(event, event.currentTarget)}>
            {shown.map((entry) => (
              <Row key={`${entry.heap} ${entry.number}`} entry={entry} host={host} onDraw={draw} onMenu={setMenu} />
            ))}
          </ol>
        ) : (
          <Empty host={host} filtered={filter !== ''} />
        )}
        {menu && (
          <Menu place={menu} title={menu.object.preview} onClose={closeMenu}>
            <MenuItem label="Graph in memory view" onChoose={() => draw(placeIn(menu))} />
            <MenuItem label="Add to graph" onChoose={() => onAdd(logged.nameOf(placeIn(menu)), menu.heap)} />
            <MenuItem label="Store as global variable" onChoose={() => void store(placeIn(menu))} />
          </Menu>
        )}
      </main>
      <footer class="status">
        <span>
          {shown.length} of {logged.entries.value.length} messages with objects
        </span>
      </footer>
    </>
  );
}

/** The arrow keys go from object to object, from the filter to the first. */
function walk(event: KeyboardEvent, list: HTMLOListElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !list) return;
  const objects: readonly (Element | null)[] = [...list.querySelectorAll('.said button')];
  const place = objects.indexOf(document.activeElement);
  const next = objects[Math.max(0, place + step)];
  if (next instanceof HTMLElement) next.focus();
  event.preventDefault();
}

function Choice({
  choice,
  title,
  label,
  onChange,
}: {
  readonly choice: ReadonlySignal<boolean>;
  readonly title: string;
  readonly label: string;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <label class="choice" title={title}>
      <input type="checkbox" checked={choice.value} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

function Row({
  entry,
  host,
  onDraw,
  onMenu,
}: {
  readonly entry: LoggedEntry;
  readonly host: Host;
  readonly onDraw: (place: LoggedPlace) => void;
  readonly onMenu: (menu: OpenMenu) => void;
}) {
  const { location, heap } = entry;
  return (
    <li class={`level-${entry.level}`}>
      <time>{new Date(entry.time).toLocaleTimeString()}</time>
      <span class="level">{entry.level}</span>
      <span class="said">
        {entry.text !== '' && <span class="text">{entry.text} </span>}
        {entry.objects.map((object, index) => (
          <Fragment key={object.objectId}>
            {index > 0 && ' '}
            <button
              type="button"
              title="Graph in memory view; right-click for more"
              onClick={() => onDraw({ objectId: object.objectId, heap })}
              onContextMenu={(event) => {
                event.preventDefault();
                onMenu({ object, heap, x: event.clientX, y: event.clientY });
              }}
            >
              {object.preview}
            </button>
          </Fragment>
        ))}
      </span>
      {location && location.url !== '' && (
        <button type="button" class="place" title={location.url} onClick={() => host.openSource(location)}>
          {location.url.slice(location.url.lastIndexOf('/') + 1) || location.url}:{location.line + 1}
        </button>
      )}
    </li>
  );
}

function Empty({ host, filtered }: { readonly host: Host; readonly filtered: boolean }) {
  const state = host.debugger.state.value;
  const attach = (
    <button type="button" class="text-button attach" onClick={() => host.debugger.setAllowed(true)}>
      Attach the debugger
    </button>
  );
  return (
    <div class="welcome">
      <h1>Objects from the console</h1>
      {state.type === 'attached' && (
        <p>{filtered ? 'No message has this text.' : 'The page has logged no object since it was loaded.'}</p>
      )}
      {state.type === 'attaching' && <p>Attaching the debugger…</p>}
      {state.type === 'lost' && (
        <p>
          {sentence(state.failure)} {attach}
        </p>
      )}
      {(state.type === 'detached' || state.type === 'cancelled') && (
        <p>Attach the debugger to list here every object that the page logged: {attach}</p>
      )}
      <p>
        In the Console itself, <code>graph(x)</code> draws any value in reach there. Right-click an object and choose{' '}
        <i>Store as global variable</i>: it is drawn, with a link to it in the Console.
      </p>
    </div>
  );
}

function textOf({ text, level, objects, location }: LoggedEntry): string {
  const previews = objects.map(({ preview }) => preview).join(' ');
  return `${level} ${text} ${previews} ${location?.url ?? ''}`.toLowerCase();
}
