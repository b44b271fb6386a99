/** The menu of a box, as tests use it in the panel of real DevTools; it leads to messages in the panel. */
import type { DevTools } from './harness.ts';

export interface MenuRow {
  readonly label: string;
  /** Why it cannot be chosen; null when it can. */
  readonly refusal: string | null;
}

export interface BoxMenu {
  /** Opens the menu of the box, or of the cell in it that has this text. */
  open(box: string, cell?: string): Promise<readonly MenuRow[]>;
  /** Opens the menu of a frame or cell of the picture with the mouse, at its corner, where nothing covers it. */
  openAt(selector: string): Promise<void>;
  /** Chooses the row that has this text or, where it shows a color, this name. */
  choose(label: string): Promise<void>;
}

/** Of DevTools that are open by the time of a call. */
export function boxMenu(tools: DevTools): BoxMenu {
  const opened = () => tools.until("document.querySelector('.menu') !== null");
  return {
    async open(box, cell) {
      await tools.panel.evaluate(
        (box, cell) => {
          const element = document.querySelector(`[data-box="${box}"]`);
          const under = cell
            ? [...(element?.querySelectorAll('.mg-cell') ?? [])].find(({ textContent }) => textContent === cell)
            : element?.querySelector('.mg-frame');
          if (!under) throw new Error(`There is no ${box} ${cell ?? ''}.`);
          under.dispatchEvent(
            new MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, clientX: 60, clientY: 120 }),
          );
        },
        box,
        cell,
      );
      await opened();
      return tools.panel.evaluate(() =>
        [...document.querySelectorAll('.menu [role^="menuitem"]')].map((row) => ({
          label: row.textContent ?? '',
          refusal: row.getAttribute('aria-disabled') ? row.getAttribute('title') : null,
        })),
      );
    },
    async openAt(selector) {
      await tools.clickInPicture(selector, { button: 'right', offset: { x: 2, y: 2 } });
      await opened();
    },
    choose(label) {
      return tools.panel.evaluate((label) => {
        const rows = [...document.querySelectorAll('.menu [role^="menuitem"]')];
        const row = rows.find((row) => row.textContent === label || row.getAttribute('title') === label);
        if (!(row instanceof HTMLElement)) throw new Error(`There is no ${label}.`);
        row.click();
      }, label);
    },
  };
}
