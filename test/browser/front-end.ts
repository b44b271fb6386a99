/**
 * What tests do in DevTools' own front end, by the functions that its menus call: a headless browser shows no menus. Must
 * know nothing of our tab.
 */
import { expect } from 'vitest';
import type { DevTools } from './harness.ts';

export interface FrontEnd {
  /** Runs statements with DevTools' modules `SDK`, `UI` and `target` (the page's) in scope; the value crosses as JSON. */
  run(script: string): Promise<unknown>;
  showConsole(): Promise<void>;
  /** The texts in the Console; it has to be shown. */
  messages(): Promise<readonly string[]>;
  /** Clicks the link of the Console that ends with this; the Console has to be shown. */
  clickLink(ending: string): Promise<void>;
  /** Enters an expression in the Console, in the selected call frame or the n-th frame of the page. */
  enter(expression: string, frame?: number): Promise<void>;
  /** What the menu item *Store as global variable* does with the value of an expression. */
  storeAsGlobal(expression: string): Promise<void>;
  isPaused(): Promise<boolean>;
  /** The name of the function in which the page is paused, null when it is not. */
  pausedIn(): Promise<unknown>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Frames of other processes and workers, too. */
  resumeAll(): Promise<void>;
  step(kind: 'stepInto' | 'stepOver'): Promise<void>;
  /** Whether DevTools skips every pause of the page. */
  skipPauses(skip: boolean): Promise<void>;
  /** Sets a setting of DevTools by its name there. */
  set(setting: string, value: boolean): Promise<void>;
  /** Selects an element as a click on it in Elements does. */
  selectElement(selector: string): Promise<void>;
  /** The id of the tab that is shown; ours begins with `chrome-extension:`. */
  selectedTab(): Promise<unknown>;
  /** The address of the file that Sources shows. */
  shownSource(): Promise<unknown>;
}

/** Of DevTools that are open by the time of a call. */
export function frontEnd(tools: Pick<DevTools, 'devtools'>): FrontEnd {
  const run = (script: string): Promise<unknown> =>
    tools.devtools.evaluate(`(async () => {
      const UI = await import('devtools://devtools/bundled/ui/legacy/legacy.js');
      const SDK = await import('devtools://devtools/bundled/core/sdk/sdk.js');
      const target = SDK.TargetManager.TargetManager.instance().primaryPageTarget();
      const contexts = target.model(SDK.RuntimeModel.RuntimeModel).executionContexts().filter(({ isDefault }) => isDefault);
      const consoleModel = target.model(SDK.ConsoleModel.ConsoleModel);
      const debuggerModel = target.model(SDK.DebuggerModel.DebuggerModel);
      /** Everything in the front end, shadow trees included. */
      const find = (selector, root = document) => [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.matches(selector) ? [element] : []),
        ...(element.shadowRoot ? find(selector, element.shadowRoot) : []),
      ]);
      ${script}
    })()`);
  const isPaused = async () => (await run('return debuggerModel.isPaused();')) === true;
  return {
    run,
    async showConsole() {
      await run("await UI.ViewManager.ViewManager.instance().showView('console');");
    },
    async messages() {
      const texts = await run("return find('.console-message-text').map((element) => element.textContent);");
      return Array.isArray(texts) ? texts.map(String) : [];
    },
    async clickLink(ending) {
      const link = `find('.console-message-text .devtools-link').find(
        (link) => link.textContent.endsWith(${JSON.stringify(ending)}))`;
      await expect.poll(() => run(`return ${link} !== undefined;`)).toBe(true);
      await run(`${link}.click();`);
    },
    async enter(expression, frame = 0) {
      const text = JSON.stringify(expression);
      await run(`const context = contexts[${frame}];
        consoleModel.evaluateCommandInConsole(context, consoleModel.addCommandMessage(context, ${text}), ${text}, true);`);
    },
    async storeAsGlobal(expression) {
      await run(`const { object } = await contexts[0].evaluate(
          { expression: ${JSON.stringify(expression)}, includeCommandLineAPI: true }, false, false);
        await consoleModel.saveToTempVariable(contexts[0], object);`);
    },
    isPaused,
    pausedIn: () => run('return debuggerModel.debuggerPausedDetails()?.callFrames[0].functionName ?? null;'),
    async pause() {
      await run('debuggerModel.pause();');
      await expect.poll(isPaused).toBe(true);
    },
    async resume() {
      await run('debuggerModel.resume();');
    },
    async resumeAll() {
      await run(`for (const model of SDK.TargetManager.TargetManager.instance().models(SDK.DebuggerModel.DebuggerModel))
        if (model.isPaused()) model.resume();`);
    },
    async step(kind) {
      await run(`await debuggerModel.${kind}();`);
    },
    async skipPauses(skip) {
      await run(`await target.debuggerAgent().invoke_setSkipAllPauses({ skip: ${skip} });`);
    },
    async set(setting, value) {
      await run(`const Common = await import('devtools://devtools/bundled/core/common/common.js');
        Common.Settings.Settings.instance().moduleSetting(${JSON.stringify(setting)}).set(${value});`);
    },
    async selectElement(selector) {
      await run(`const { Revealer } = await import('devtools://devtools/bundled/core/common/common.js');
        const model = target.model(SDK.DOMModel.DOMModel);
        const root = await model.requestDocument();
        await Revealer.reveal(model.nodeForId(await model.querySelector(root.id, ${JSON.stringify(selector)})));`);
    },
    selectedTab: () => run('return UI.InspectorView.InspectorView.instance().tabbedPane.selectedTabId;'),
    shownSource: () =>
      run(`const { UISourceCode } = await import('devtools://devtools/bundled/models/workspace/workspace.js');
        return UI.Context.Context.instance().flavor(UISourceCode.UISourceCode)?.url() ?? null;`),
  };
}
