/** What tests do in DevTools' own front end, where its menus do it: menus are no part of the page of a headless browser. */
import type { DevTools } from './harness.ts';

export interface FrontEnd {
  /** Runs statements with DevTools' modules `SDK`, `UI` and `target` (the page's) in scope; the value crosses as JSON. */
  run(script: string): Promise<unknown>;
  showConsole(): Promise<void>;
  /** The texts in the Console; it has to be shown. */
  messages(): Promise<readonly string[]>;
  /** Enters an expression in the Console, in the selected call frame or the n-th frame of the page. */
  enter(expression: string, frame?: number): Promise<void>;
  /** What the menu item *Store as global variable* does with the value of an expression. */
  storeAsGlobal(expression: string): Promise<void>;
  isPaused(): Promise<boolean>;
  resume(): Promise<void>;
  /** The id of the tab that is shown; ours begins with `chrome-extension:`. */
  selectedTab(): Promise<unknown>;
  /** The address of the file that Sources shows. */
  shownSource(): Promise<unknown>;
}

export function frontEnd({ devtools }: DevTools): FrontEnd {
  const run = (script: string): Promise<unknown> =>
    devtools.evaluate(`(async () => {
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
  return {
    run,
    async showConsole() {
      await run("await UI.ViewManager.ViewManager.instance().showView('console');");
    },
    async messages() {
      const texts = await run("return find('.console-message-text').map((element) => element.textContent);");
      return Array.isArray(texts) ? texts.map(String) : [];
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
    isPaused: async () => (await run('return debuggerModel.isPaused();')) === true,
    async resume() {
      await run('debuggerModel.resume();');
    },
    selectedTab: () => run('return UI.InspectorView.InspectorView.instance().tabbedPane.selectedTabId;'),
    shownSource: () =>
      run(`const { UISourceCode } = await import('devtools://devtools/bundled/models/workspace/workspace.js');
        return UI.Context.Context.instance().flavor(UISourceCode.UISourceCode)?.url() ?? null;`),
  };
}
