/** The expression view, from its toolbar to its status line. Reads the session's signals; the user's actions go through its methods. */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { BoxKey } from '../../src/diagram/diagram.ts';
import { isGroupKey } from '../../src/diagram/keys.ts';
import { say } from '../../src/words/say.ts';
import { createAction, runKey } from '../actions/action.ts';
import { CompareBar } from '../compare/compare-bar.tsx';
import { createRedrawing, type Keeping } from '../compare/keeping.ts';
import { PairView } from '../compare/pair-view.tsx';
import { ActionRows, RetainerRows } from '../picture/menu/action-rows.tsx';
import { isUnread } from '../picture/menu/appearance-rows.tsx';
import { type CellPart, valuesOf } from '../picture/menu/cell-parts.ts';
import { CopyRows } from '../picture/menu/copy-rows.tsx';
import type { MenuBox, MenuReference } from '../picture/menu/menu-box.ts';
import type { ValueActions } from '../picture/menu/stage.tsx';
import { ViewRows } from '../picture/menu/view-rows.tsx';
import { outlineOf, zoomActions } from '../picture/picture-actions.ts';
import type { PictureControls } from '../picture/picture-controls.ts';
import { PictureView } from '../picture/picture-view.tsx';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import { groupOfBox } from '../reading/overview.ts';
import type { Picture } from '../reading/picture.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import { copyText } from '../widgets/copy-text.ts';
import { DebuggerSwitch } from '../widgets/debugger-switch.tsx';
import { ActionItem } from '../widgets/menu.tsx';
import { MessageBar } from '../widgets/message-bar.tsx';
import { TargetPicker } from '../widgets/target-picker.tsx';
import { ExpressionBar, type SuggestionSource } from './expression-bar.tsx';
import type { ExpressionHistory } from './expression-history.ts';
import type { Session } from './expression-session.ts';
import { ExpressionStatus } from './expression-status.tsx';
import { ExpressionToolbar } from './expression-toolbar.tsx';
import { FilmOffer, type OfferedFilm } from './film-offer.tsx';
import { Welcome } from './welcome.tsx';
import { Workspace } from './workspace.tsx';

/** The part of the host that this needs. */
interface ViewHost extends SuggestionSource {
  readonly debugger: DebuggerOwner;
  setPageCalls(on: boolean): void;
}

interface ExpressionViewProps {
  readonly session: Session;
  readonly history: ExpressionHistory;
  readonly controls: PictureControls;
  readonly store: SettingsStore;
  /** Null in a page outside of DevTools. */
  readonly host: ViewHost | null;
  readonly keeping: Keeping;
  /** Null in a page outside of DevTools. */
  readonly offeredFilm: OfferedFilm | null;
  /** The left end of the toolbar. */
  readonly lead: ComponentChildren;
  /** Shows what the page has to draw; null where nothing lists that. */
  readonly onPage: (() => void) | null;
  /** The right end of the toolbar. */
  readonly tail: ComponentChildren;
  /** Called when a picture's elements are in the document. */
  readonly onDrawn: (picture: Picture) => void;
  /** The text of a file that was dropped, and its name. */
  readonly onOpenFile: (text: string, name: string) => void;
}

/** Milliseconds between two pictures that refresh by themselves. */
const REFRESH_EVERY = 1000;

export function ExpressionView(props: ExpressionViewProps) {
  const { session, history, controls, store, host, keeping, lead, tail, onDrawn, onOpenFile, onPage } = props;
  const picture = session.picture.value;
  const overrides = session.overrides.value;
  const redrawing = useMemo(() => createRedrawing(session.reading), [session]);
  const reading = session.reading.value;
  const kept = keeping.kept.value;
  const keptMarks = keeping.against(reading);
  const redrawn = kept ? null : redrawing.value;
  const beside = kept && keptMarks && keeping.beside.value;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      const actions = [
        createAction('cancel', session.cancel, session.busy.value),
        createAction('drawAgain', () => void session.redraw(), !typing && session.drawable.value),
        createAction('previousGraph', () => void session.goBack(-1), !typing),
        createAction('nextGraph', () => void session.goBack(1), !typing),
      ];
      runKey(actions, event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [session]);
  const refreshing = session.refreshing.value;
  useEffect(() => {
    if (!refreshing) return;
    const timer = setInterval(() => {
      // A hidden panel has no size; and nothing may change under a menu or what is being typed.
      const busy = document.querySelector('.menu, .value-editor, dialog[open]') !== null;
      if (innerWidth > 0 && document.visibilityState === 'visible' && !busy) void session.refresh();
    }, REFRESH_EVERY);
    return () => clearInterval(timer);
  }, [session, refreshing]);
  const draw = (expression: string) => {
    history.add(expression);
    session.setField(expression);
    void session.draw(expression);
  };
  const shown = picture && (
    <PictureView
      picture={picture}
      stale={session.stale.value}
      controls={controls}
      marks={keptMarks?.marks ?? redrawn?.marks ?? null}
      onDrawn={onDrawn}
      view={session.view}
      onPick={(_, target) => {
        // As in the Console and in Scope, a click on a function that stands in a cell goes to its source.
        const object = target === null ? undefined : picture.snapshot.objects.get(target);
        const isFunction = object?.kind === 'function' || object?.kind === 'class';
        const inCell = !picture.placed.boxes.some(({ box }) => box.object === target);
        if (object && isFunction && inCell && session.refusal.value === null) void session.act(object.id, 'definition');
      }}
      onOpen={(opening, levels) => {
        // A box in an overview shows fields of what was read, and no parts that could be read.
        if (picture.overview) return;
        if (opening.type === 'collapsed')
          session.override(opening.object, { ...overrides.get(opening.object), display: 'box' });
        else void session.readMore(opening, levels);
      }}
      onMoveBox={
        picture.overview ? undefined : (object, place) => session.override(object, { ...overrides.get(object), place })
      }
      onPointObject={(id) => {
        const isNode = id !== null && picture.snapshot.objects.get(id)?.kind === 'node';
        session.pointAt(isNode && session.refusal.value === null ? id : null);
      }}
      onOpenGroup={session.openGroup}
      onTakeOut={session.takeOut}
    />
  );
  return (
    <>
      <header class="head">
        <ExpressionToolbar
          session={session}
          controls={controls}
          lead={lead}
          tail={
            <>
              <TargetPicker source={session.source} onPick={(target) => void session.pick(target)} />
              {host && <DebuggerSwitch owner={host.debugger} />}
              {tail}
            </>
          }
        />
        <ExpressionBar
          session={session}
          history={history}
          host={host}
          onOpenText={(text) => onOpenFile(text, say('pastedJson'))}
        />
        <PictureMessage session={session} onSilence={() => host?.setPageCalls(false)} />
        {props.offeredFilm && <FilmOffer film={props.offeredFilm} />}
        <CompareBar keeping={keeping} reading={reading} />
        <MessageBar message={session.outcome.value} onDismiss={session.dismissOutcome} />
      </header>
      <Workspace
        store={store}
        rows={(id, box) =>
          isGroupKey(box.key) ? (
            <GroupRows session={session} box={box.key} />
          ) : (
            <ObjectRows session={session} id={id} box={box} />
          )
        }
        aroundRows={(reference) => <AroundRows controls={controls} reference={reference} session={session} />}
        values={valueActions(session)}
        overrides={overrides}
        onOverride={session.override}
        expanded={session.options.value.expanded}
        onExpand={session.expand}
        isUnread={(id) => {
          const object = picture?.snapshot.objects.get(id);
          return object !== undefined && isUnread(object) && session.refusal.value === null;
        }}
        onSize={({ width, height }) => session.resize(beside ? { width: width / 2, height } : { width, height })}
        onOpen={onOpenFile}
      >
        {shown ? (
          beside ? (
            <PairView kept={kept} comparison={keptMarks} controls={controls}>
              {shown}
            </PairView>
          ) : (
            shown
          )
        ) : (
          <Welcome onChoose={draw} onPage={onPage} />
        )}
      </Workspace>
      <ExpressionStatus session={session} changes={redrawn?.sentence ?? null} controls={controls} />
    </>
  );
}

/** What a user does with values of the picture; nothing where the page cannot be asked, or a lens shows what it does not have. */
function valueActions(session: Session): ValueActions | undefined {
  const picture = session.picture.value;
  if (!picture || session.refusal.value !== null || session.view.state.value.lens) return undefined;
  return {
    valuesOf: (box) => valuesOf(picture, box),
    assign: ({ place }, expression) => void (place && session.assign(place, expression)),
    textOf: async ({ place }) => place && session.textOf(place),
  };
}

/** The menu of a group of objects. */
function GroupRows({ session, box }: { readonly session: Session; readonly box: BoxKey }) {
  const overview = session.picture.value?.overview;
  const group = overview && groupOfBox(overview, box);
  if (!group) return null;
  const first = overview.named.ids[group.first] ?? null;
  return (
    <>
      <ActionItem action={createAction('openGroup', () => session.openGroup(box))} />
      <ActionItem action={createAction('takeOut', () => first !== null && session.takeOut(first))} />
      <ActionItem action={createAction('closeGroups', session.closeGroups)} />
    </>
  );
}

/** What the menu of an object's box offers, besides how it is drawn. */
function ObjectRows({
  session,
  id,
  box,
}: {
  readonly session: Session;
  readonly id: number | null;
  readonly box: MenuBox;
}) {
  const picture = session.picture.value;
  const object = id === null ? undefined : picture?.snapshot.objects.get(id);
  const refusal = session.refusal.value;
  if (!picture) return null;
  const copyWhole = (part: CellPart): void =>
    void (
      part.place &&
      session.textOf(part.place).then((text) => {
        if (text !== null) copyText(text);
      })
    );
  const copies = <CopyRows picture={picture} box={box} onCopyWhole={refusal === null ? copyWhole : null} />;
  if (id === null || !object) return copies;
  return (
    <>
      {copies}
      <hr />
      <RetainerRows refusal={refusal} onSearch={(from) => void session.drawRetainers(id, from)} />
      {object.parts.some((part) => part.type === 'property' && part.value.type === 'accessor' && part.value.get) && (
        <ActionItem
          action={createAction(
            'runGetters',
            () => void session.readMore({ type: 'getter', object: id, name: null }),
            refusal === null,
          )}
        />
      )}
      <ActionRows object={object} refusal={refusal} onDo={(action) => void session.act(id, action)} />
      <hr />
      <ViewRows view={session.view} object={object} />
      <hr />
    </>
  );
}

/** The menu of a reference, and of the place between boxes. */
function AroundRows({
  session,
  controls,
  reference,
}: {
  readonly session: Session;
  readonly controls: PictureControls;
  readonly reference: MenuReference | null;
}) {
  const { fit, actualSize } = zoomActions(controls, true);
  const placed = session.picture.value?.placed;
  const goTo = (key: BoxKey) => (): void => {
    const found = placed?.boxes.find(({ box }) => box.key === key);
    if (!found) return;
    controls.select(key);
    controls.reveal(outlineOf(found));
  };
  return (
    <>
      {reference && (
        <>
          <ActionItem action={createAction('goToTarget', goTo(reference.to))} />
          <ActionItem action={createAction('goToSource', goTo(reference.from))} />
          <hr />
        </>
      )}
      <ActionItem action={fit} />
      <ActionItem action={actualSize} />
      <ActionItem
        action={createAction('find', () => {
          controls.query.value ??= '';
        })}
      />
      <hr />
      <ActionItem action={createAction('drawAgain', () => void session.redraw())} />
    </>
  );
}

/** What went wrong, or what the picture shows, and the one thing to do about it. */
function PictureMessage({ session, onSilence }: { readonly session: Session; readonly onSilence: () => void }) {
  const message = session.message.value;
  const ended = message?.kind === 'error' || message?.kind === 'done';
  return (
    <MessageBar message={message} onDismiss={ended ? session.dismiss : undefined}>
      {message?.kind === 'called' && <TextActionButton action={createAction('stopPageCalls', onSilence)} />}
      {!ended && (
        <TextActionButton
          action={createAction(message?.kind === 'stale' ? 'drawAgain' : 'back', () => void session.redraw())}
        />
      )}
    </MessageBar>
  );
}
