/** The list of all commands with their keys: search, and run what can run now. `?` opens it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../src/words/say.ts';
import { type Action, createAction, runKey } from '../actions/action.ts';
import { keyText } from '../actions/keys.ts';
import { offeredActions } from '../actions/offered.ts';
import { type ActionGroup, actionGroups } from '../actions/table.ts';

interface Command {
  readonly id: string;
  readonly name: string;
  readonly keys: readonly string[];
  /** Null when it cannot run now. */
  readonly action: Action | null;
}

export function Commands() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (!typing && runKey([createAction('commands', () => setOpen(true))], event)) event.stopPropagation();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return open ? <CommandList onClose={() => setOpen(false)} /> : null;
}

function CommandList({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [search, setSearch] = useState('');
  const [offered] = useState(offeredActions);
  useEffect(() => dialog.current?.showModal(), []);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = (Object.values(actionGroups) as readonly ActionGroup[])
    .map(({ title, actions }) => ({ title, commands: commandsOf(actions, offered, words) }))
    .filter(({ commands }) => commands.length > 0);
  const run = ({ action }: Command): void => {
    if (!action) return;
    // Closed first, so that the action finds the focus where it was.
    dialog.current?.close();
    action.run();
  };
  const first = groups.flatMap(({ commands }) => commands).find(({ action }) => action !== null);
  return (
    <dialog
      ref={dialog}
      class="commands"
      aria-label={say('commands')}
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <input
        type="search"
        placeholder={say('commands_search')}
        aria-label={say('commands_search')}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first) run(first);
          if (event.key === 'ArrowDown') dialog.current?.querySelector<HTMLElement>('li button:enabled')?.focus();
        }}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its buttons have the focus. */}
      <div class="commands-list" onKeyDown={onListKey}>
        {groups.map(({ title, commands }) => (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            <ul>
              {commands.map((command) => (
                <li key={command.id}>
                  <button type="button" disabled={command.action === null} onClick={() => run(command)}>
                    {command.name}
                  </button>
                  <span class="keys">
                    {command.keys.map((key) => (
                      <kbd key={key}>{keyText(key)}</kbd>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p class="quiet">{say('commands_none')}</p>}
      </div>
    </dialog>
  );
}

function commandsOf(actions: ActionGroup['actions'], offered: readonly Action[], words: readonly string[]) {
  return Object.entries(actions).flatMap(([id, { name, explanation = '', keys = [] }]): readonly Command[] => {
    const text = `${name} ${explanation}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    const action = offered.find((one) => one.id === id && one.enabled) ?? null;
    return [{ id, name: /^\W/.test(name) ? explanation : name, keys, action }];
  });
}

/** The arrow keys go from command to command. */
function onListKey(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.currentTarget instanceof Element)) return;
  const buttons: readonly (Element | null)[] = [...event.currentTarget.querySelectorAll('button:enabled')];
  const next = buttons[buttons.indexOf(document.activeElement) + step];
  if (next instanceof HTMLElement) next.focus();
  event.preventDefault();
}
