/** The objects that the page logged, to be drawn at a click; and the other ways from the console. */
import { type ComponentChildren, Fragment } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { sentence } from '../../src/capture/failure.ts';
import type { LogEntry, LoggedObject } from '../../src/devtools/console-log.ts';
import type { Host } from '../host.ts';
import { Menu, MenuItem, type MenuPlace } from '../menu/menu.tsx';

interface ConsoleViewProps {
  readonly host: Host;
  readonly lead: ComponentChildren;
  /** Draws an expression and shows it. */
  readonly onDraw: (expression: string) => void;
  /** Draws it together with what is drawn. */
  readonly onAdd: (expression: string) => void;
}

interface OpenMenu extends MenuPlace {
  readonly object: LoggedObject;
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
  const reach = async (object: LoggedObject, then: (expression: string) => void) => {
    const expression = await logged.expressionOf(object.objectId);
    if (expression === null) setSaid('This object is gone: the page went elsewhere, or the debugger was detached.');
    else then(expression);
  };
  const store = async (object: LoggedObject) => {
    const name = await logged.store(object.objectId);
    setSaid(name === null ? 'This object is gone: the page went elsewhere.' : `It is stored as ${name}.`);
  };
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
        />
        <button
          type="button"
          class="text-button"
          title="Graph of the last result in the Console"
          onClick={() => onDraw('$_')}
        >
          $_
        </button>
        <button
          type="button"
          class="text-button"
          title="Graph of the element that is selected in Elements"
          onClick={() => onDraw('$0')}
        >
          $0
        </button>
        <label class="choice" title="Asks the page a few times a second for temp1, temp2, …">
          <input
            type="checkbox"
            checked={watching.value}
            onChange={(event) => host.setWatching(event.currentTarget.checked)}
          />
          Draw what is stored as a global variable
        </label>
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
          <ol class="logged">
            {shown.map((entry) => (
              <Row
                key={entry.number}
                entry={entry}
                host={host}
                onDraw={(object) => void reach(object, onDraw)}
                onMenu={setMenu}
              />
            ))}
          </ol>
        ) : (
          <Empty host={host} filtered={filter !== ''} />
        )}
        {menu && (
          <Menu place={menu} title={menu.object.preview} onClose={closeMenu}>
            <MenuItem label="Graph in memory view" onChoose={() => void reach(menu.object, onDraw)} />
            <MenuItem label="Add to graph" onChoose={() => void reach(menu.object, onAdd)} />
            <MenuItem label="Store as global variable" onChoose={() => void store(menu.object)} />
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

function Row({
  entry,
  host,
  onDraw,
  onMenu,
}: {
  readonly entry: LogEntry;
  readonly host: Host;
  readonly onDraw: (object: LoggedObject) => void;
  readonly onMenu: (menu: OpenMenu) => void;
}) {
  const { location } = entry;
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
              onClick={() => onDraw(object)}
              onContextMenu={(event) => {
                event.preventDefault();
                onMenu({ object, x: event.clientX, y: event.clientY });
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

function textOf({ text, level, objects, location }: LogEntry): string {
  const previews = objects.map(({ preview }) => preview).join(' ');
  return `${level} ${text} ${previews} ${location?.url ?? ''}`.toLowerCase();
}
