/** Lists what can be drawn of the page: what programs made, by kind, each row drawn by a click. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { HeapTarget } from '../../src/capture/debugger/target-sessions.ts';
import { type FoundClass, nameOfClass } from '../../src/survey/classes.ts';
import type { Holders } from '../../src/survey/holders.ts';
import { fileOf } from '../../src/survey/scripts.ts';
import { sentence } from '../../src/transport/failure.ts';
import { say, sayNumber, sayParts } from '../../src/words/say.ts';
import { createAction, runKey } from '../actions/action.ts';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import type { HeapSource } from '../reading/heap-source.ts';
import { ActionButton, TextActionButton } from '../widgets/action-button.tsx';
import { FilterField } from '../widgets/filter-field.tsx';
import { MessageBar } from '../widgets/message-bar.tsx';
import { type Row, Section } from './page-rows.tsx';
import type { PageLists, PageSession } from './page-session.ts';

interface PageViewProps {
  readonly page: PageSession;
  readonly owner: DebuggerOwner;
  readonly source: HeapSource;
  readonly lead: ComponentChildren;
  readonly tail: ComponentChildren;
  readonly onDraw: (expression: string) => void;
  /** Draws it with what holds it. */
  readonly onHolders: (expression: string) => void;
  readonly onPick: (target: HeapTarget) => void;
}

export function PageView({ page, owner, source, lead, tail, onDraw, onHolders, onPick }: PageViewProps) {
  const [filter, setFilter] = useState('');
  const lists = page.lists.value;
  const attached = owner.attached.value;
  const heap = source.heap.value;
  const risky = page.risky.value;
  useEffect(() => {
    page.want();
    return () => page.release();
  }, [page]);
  useEffect(() => {
    // Another document, frame or way of reading lists other things.
    if (heap !== '' && (attached || owner.state.peek().type !== 'attaching')) void page.list();
  }, [page, owner, attached, heap]);
  const draw: Draw = (opening, how = onDraw) =>
    void opening.then((expression) => {
      if (expression !== null) how(expression);
    });
  const sections = sectionsOf(page, lists, attached !== null, { draw, onDraw, onHolders });
  const targets = source.targets.value.filter(({ kind }) => kind !== 'page');
  const total = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <>
      <header class="head">
        <div class="toolbar" role="toolbar" aria-label={say('view_page')}>
          {lead}
          <FilterField value={filter} onFilter={setFilter} />
          <ActionButton action={createAction('refreshPage', () => void page.refresh())} />
          {tail}
        </div>
        <MessageBar message={page.message.value} onDismiss={page.dismiss} />
        {risky && (
          <MessageBar message={{ kind: 'error', text: say('page_risk') }} onDismiss={page.refuse}>
            <TextActionButton
              action={createAction('riskIt', () => {
                page.refuse();
                risky();
              })}
            />
          </MessageBar>
        )}
      </header>
      <main
        class="stage page-lists"
        aria-label={say('page_title')}
        aria-busy={page.busy.value}
        onKeyDown={(event) => onListKey(event, event.currentTarget)}
      >
        {lists.globals === null && <p class="quiet">{say('page_listing')}</p>}
        {sections.map(({ key, title, note, rows, tools }) => (
          <Section key={key} title={title} note={note} rows={rows} filter={filter} onFilter={setFilter} tools={tools} />
        ))}
        {targets.length > 0 && (
          <Section
            title={say('page_targets')}
            rows={targets.map((target) => ({
              name: target.name || target.url,
              kind: say(target.kind === 'worker' ? 'page_worker' : 'page_frame'),
              place: target.url,
              draw: () => onPick(target),
            }))}
            filter={filter}
            onFilter={setFilter}
          />
        )}
        {lists.globals !== null && total === 0 && <p class="quiet">{say('page_nothing')}</p>}
        <Attach owner={owner} />
      </main>
      <footer class="status">
        <span>{page.busy.value ? say('page_listing') : say('page_count', { count: total })}</span>
        {page.holds.value && <span title={say('page_holdsHint')}>{say('page_holds')}</span>}
      </footer>
    </>
  );
}

type Draw = (opening: Promise<string | null>, how?: (expression: string) => void) => void;

interface Drawing extends Pick<PageViewProps, 'onDraw' | 'onHolders'> {
  readonly draw: Draw;
}

interface ListedSection {
  readonly key: string;
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly Row[];
  readonly tools?: ComponentChildren;
}

function sectionsOf(
  page: PageSession,
  { globals, components, scripts, variables, classes, holders, detached, marked }: PageLists,
  attached: boolean,
  { draw, onDraw, onHolders }: Drawing,
): readonly ListedSection[] {
  const sections: ListedSection[] = [];
  if (components.length > 0) {
    const rows = components.map(({ framework, name, expression }) => ({
      name,
      kind: say(`page_of_${frameworkOf(framework)}`),
      draw: () => onDraw(expression),
    }));
    sections.push({ key: 'components', title: say('page_components'), rows });
  }
  if (globals !== null) {
    const sorted = [...globals].sort((a, b) => Number(b.lens !== null) - Number(a.lens !== null));
    const rows = sorted.map(({ name, kind, lens, expression }) => ({
      name,
      kind: lens === null ? kind : say('page_ofLens', { kind, lens }),
      draw: () => onDraw(expression),
    }));
    sections.push({ key: 'globals', title: say('page_globals'), rows });
    sections.push({
      key: 'variables',
      title: say('page_variables'),
      note: say(variables?.length === 0 ? 'page_noVariables' : 'page_variablesNote'),
      rows: (variables ?? []).map((found) => ({
        name: found.name,
        kind: found.lens === null ? found.kind : say('page_ofLens', { kind: found.kind, lens: found.lens }),
        place: found.place,
        draw: () => onDraw(page.openVariable(found)),
      })),
      tools: (
        <TextActionButton
          action={createAction(attached ? 'findVariables' : 'attachAndFind', () => void page.findVariables())}
        />
      ),
    });
  }
  if (scripts === null) return sections;
  const scriptRows = scripts.map((script) => ({
    name: fileOf(script.url),
    kind: script.isModule ? say(`page_module_${script.state}`) : say('page_script'),
    place: script.url,
    draw: () => draw(page.openScript(script)),
  }));
  sections.push({ key: 'scripts', title: say('page_scripts'), note: say('page_scriptsNote'), rows: scriptRows });
  const classTools = (
    <>
      <TextActionButton
        action={createAction(classes === null ? 'countObjects' : 'countAgain', () => void page.countObjects())}
      />
      <TextActionButton action={createAction('markObjects', () => void page.mark())} />
    </>
  );
  sections.push({
    key: 'classes',
    title: say('page_classes'),
    note: marked ? say('page_compareNote') : say('page_classesNote'),
    rows: (classes ?? []).toSorted(marked ? byGrowth : byCount).map((found) => ({
      name: nameOfClass(found),
      place: found.place,
      kind: growthOf(found, marked),
      draw: () => draw(page.openClass(found, marked && found.fresh > 0)),
      strong: marked && isBySeven(found),
      ...(marked &&
        found.fresh > 0 && { more: { text: say('page_holders'), ask: () => void page.findHolders(found) } }),
      details: waysOf(holders.get(found)),
    })),
    tools: classTools,
  });
  sections.push({
    key: 'detached',
    title: say('page_detached'),
    note: detached?.length === 0 ? say('page_noDetached') : say('page_detachedNote'),
    rows: (detached ?? []).map((found) => ({
      name: found.name,
      kind: say('page_held', { count: found.held }),
      draw: () => draw(page.openElement(found), onHolders),
    })),
    tools: <TextActionButton action={createAction('listDetached', () => void page.listDetached())} />,
  });
  return sections;
}

function waysOf(held: Holders | undefined): readonly string[] {
  if (!held) return [];
  const { paths, searched, total } = held;
  if (paths.length === 0) return [say('page_noPath')];
  const texts = paths.map(({ text, count }) => say('page_path', { path: text, count }));
  return searched < total ? [...texts, say('page_waysOfFirst', { searched, total: sayNumber(total) })] : texts;
}

const FRAMEWORKS = ['react', 'vue', 'preact', 'alpine'] as const;
const frameworkOf = (name: string): (typeof FRAMEWORKS)[number] | 'element' =>
  FRAMEWORKS.find((known) => known === name) ?? 'element';

const isBySeven = ({ fresh }: FoundClass): boolean => fresh > 0 && fresh % 7 === 0;
const byCount = (a: FoundClass, b: FoundClass): number => b.count - a.count;
const byGrowth = (a: FoundClass, b: FoundClass): number =>
  Number(isBySeven(b)) - Number(isBySeven(a)) || b.fresh - a.fresh || b.count - a.count;

function growthOf({ count, fresh }: FoundClass, marked: boolean): string {
  const objects = sayNumber(count);
  return marked && fresh > 0 ? say('page_growth', { count: objects, fresh: sayNumber(fresh) }) : objects;
}

/** What attaching the debugger would add. */
function Attach({ owner }: { readonly owner: DebuggerOwner }) {
  const state = owner.state.value;
  if (state.type === 'attached') return null;
  const attach = (
    <TextActionButton class="text-button attach" action={createAction('attach', () => owner.setAllowed(true))} />
  );
  return (
    <div class="more-by-debugger">
      {sayParts('page_attach', { attach })}
      {state.type === 'lost' && ` ${sentence(state.failure)}`}
    </div>
  );
}

/** The arrow keys go from row to row. */
function onListKey(event: KeyboardEvent, list: HTMLElement): void {
  const go = (step: 1 | -1) => () => {
    const rows: readonly (Element | null)[] = [...list.querySelectorAll('.page-row > button')];
    const next = rows[Math.max(0, rows.indexOf(document.activeElement) + step)];
    if (next instanceof HTMLElement) next.focus();
  };
  runKey([createAction('nextRow', go(1)), createAction('previousRow', go(-1))], event);
}
