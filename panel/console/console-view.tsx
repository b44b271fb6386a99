/** The list of logged objects, which are drawn at a click, and the switches for other input from the Console. */

import type { ReadonlySignal } from '@preact/signals';
import { type ComponentChildren, Fragment } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { LoggedObject } from '../../src/console/console-log.ts';
import { sentence } from '../../src/transport/failure.ts';
import { language, say, sayParts } from '../../src/words/say.ts';
import { createAction, runKey } from '../actions/action.ts';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import { errorMessage, type Message } from '../reading/messages.ts';
import type { OpenSource } from '../reading/open-source.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import { FilterField } from '../widgets/filter-field.tsx';
import { ActionItem, Menu, type MenuPosition } from '../widgets/menu.tsx';
import { MessageBar } from '../widgets/message-bar.tsx';
import type { ConsoleSession, LoggedEntry, LoggedHandle } from './console-session.ts';

/** The part of the host that this needs. */
interface ConsoleHost {
  readonly console: ConsoleSession;
  readonly debugger: DebuggerOwner;
  readonly openSource: OpenSource;
  readonly watching: ReadonlySignal<boolean>;
  setWatching(on: boolean): void;
  readonly pageCalls: ReadonlySignal<boolean>;
  setPageCalls(on: boolean): void;
}

interface ConsoleViewProps {
  readonly host: ConsoleHost;
  readonly lead: ComponentChildren;
  /** Draws an expression of a frame or worker (null for the page) and shows it. */
  readonly onDraw: (expression: string, heap: string | null) => void;
  /** Draws it together with the current graph. */
  readonly onAdd: (expression: string, heap: string | null) => void;
}

interface OpenMenu extends MenuPosition {
  readonly object: LoggedObject;
  readonly heap: string | null;
}

export function ConsoleView({ host, lead, onDraw, onAdd }: ConsoleViewProps) {
  const { console: logged, watching } = host;
  const [filter, setFilter] = useState('');
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const [outcome, setOutcome] = useState<Message | null>(null);
  useEffect(() => {
    logged.want();
    return () => logged.release();
  }, [logged]);
  const draw = (handle: LoggedHandle) => onDraw(logged.nameOf(handle), handle.heap);
  const handleOf = ({ object, heap }: OpenMenu): LoggedHandle => ({ objectId: object.objectId, heap });
  const store = async (handle: LoggedHandle) => {
    const name = await logged.store(handle);
    setOutcome(
      name === null ? errorMessage(say('console_gone')) : { kind: 'done', text: say('done_stored', { name }) },
    );
  };
  const list = useRef<HTMLOListElement>(null);
  const words = filter.toLowerCase();
  const shown = logged.entries.value.filter((entry) => textOf(entry).includes(words)).reverse();
  return (
    <>
      <header class="head">
        <div class="toolbar" role="toolbar" aria-label={say('view_console')}>
          {lead}
          <FilterField value={filter} onFilter={setFilter} onKeyDown={(event) => onListKey(event, list.current)} />
          <TextActionButton action={createAction('lastResult', () => onDraw('$_', null))} />
          <TextActionButton action={createAction('selectedElement', () => onDraw('$0', null))} />
          <Choice
            choice={watching}
            title={say('console_watchHint')}
            label={say('console_watch')}
            onChange={host.setWatching}
          />
          <Choice
            choice={host.pageCalls}
            title={say('console_pageCallsHint', { call: 'memoryGraph.show(x)' })}
            label={say('console_pageCalls')}
            onChange={host.setPageCalls}
          />
        </div>
        <MessageBar message={outcome} onDismiss={() => setOutcome(null)} />
      </header>
      <main class="stage console" aria-label={say('console_list')}>
        {shown.length > 0 ? (
          <ol ref={list} class="logged" onKeyDown={(event) => onListKey(event, event.currentTarget)}>
            {shown.map((entry) => (
              <Row key={`${entry.heap} ${entry.number}`} entry={entry} host={host} onDraw={draw} onMenu={setMenu} />
            ))}
          </ol>
        ) : (
          <Empty host={host} filtered={filter !== ''} />
        )}
        {menu && (
          <Menu position={menu} title={menu.object.preview} onClose={closeMenu}>
            <ActionItem action={createAction('drawLogged', () => draw(handleOf(menu)))} />
            <ActionItem action={createAction('addLogged', () => onAdd(logged.nameOf(handleOf(menu)), menu.heap))} />
            <ActionItem action={createAction('storeLogged', () => void store(handleOf(menu)))} />
          </Menu>
        )}
      </main>
      <footer class="status">
        <span>{say('console_count', { shown: shown.length, count: logged.entries.value.length })}</span>
        {shown.length > 0 && <span title={say('console_keptHint')}>{say('console_kept')}</span>}
      </footer>
    </>
  );
}

/** Handles the keys that go from object to object, and from the filter to the first one. */
function onListKey(event: KeyboardEvent, list: HTMLOListElement | null): void {
  if (!list) return;
  const go = (step: 1 | -1) => () => {
    const objects: readonly (Element | null)[] = [...list.querySelectorAll('.content button')];
    const next = objects[Math.max(0, objects.indexOf(document.activeElement) + step)];
    if (next instanceof HTMLElement) next.focus();
  };
  runKey([createAction('nextLogged', go(1)), createAction('previousLogged', go(-1))], event);
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
  readonly host: ConsoleHost;
  readonly onDraw: (handle: LoggedHandle) => void;
  readonly onMenu: (menu: OpenMenu) => void;
}) {
  const { location, heap } = entry;
  return (
    <li class={`level-${entry.level}`}>
      <time>{new Date(entry.time).toLocaleTimeString(language)}</time>
      <span class="level">{entry.level}</span>
      <span class="content">
        {entry.text !== '' && <span class="text">{entry.text} </span>}
        {entry.objects.map((object, index) => (
          <Fragment key={object.objectId}>
            {index > 0 && ' '}
            <button
              type="button"
              title={say('console_rowHint')}
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

function Empty({ host, filtered }: { readonly host: ConsoleHost; readonly filtered: boolean }) {
  const state = host.debugger.state.value;
  const attach = (
    <TextActionButton
      class="text-button attach"
      action={createAction('attach', () => host.debugger.setAllowed(true))}
    />
  );
  return (
    <div class="welcome">
      <h1>{say('console_title')}</h1>
      {state.type === 'attached' && <p>{say(filtered ? 'console_noMatch' : 'console_none')}</p>}
      {state.type === 'attaching' && <p>{say('debugger_attaching')}</p>}
      {state.type === 'lost' && (
        <p>
          {sentence(state.failure)} {attach}
        </p>
      )}
      {(state.type === 'detached' || state.type === 'cancelled') && <p>{sayParts('console_attach', { attach })}</p>}
      <p>{sayParts('console_calls', { call: <code>graph(x)</code>, store: <i>{say('action_store')}</i> })}</p>
    </div>
  );
}

function textOf({ text, level, objects, location }: LoggedEntry): string {
  const previews = objects.map(({ preview }) => preview).join(' ');
  return `${level} ${text} ${previews} ${location?.url ?? ''}`.toLowerCase();
}
