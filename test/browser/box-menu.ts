/** The menu of a box, as tests use it in the panel of real DevTools; what it leads to is said in a notice. */
import type { DevTools } from './harness.ts';

export interface MenuRow {
  readonly label: string;
  /** Why it cannot be chosen; null when it can. */
  readonly refusal: string | null;
}

/** Of DevTools that are open by the time of a call. */
export function boxMenu(opened: () => DevTools) {
  /** Opens the menu of the box, or of the cell in it that has this text. */
  async function openMenu(box: string, cell?: string): Promise<readonly MenuRow[]> {
    const { panel, until } = opened();
    await panel.evaluate(
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
    await until("document.querySelector('.menu') !== null");
    return panel.evaluate(() =>
      [...document.querySelectorAll('.menu [role^="menuitem"]')].map((row) => ({
        label: row.textContent ?? '',
        refusal: row.getAttribute('aria-disabled') ? row.getAttribute('title') : null,
      })),
    );
  }

  async function choose(label: string): Promise<void> {
    await opened().panel.evaluate((label) => {
      const rows = [...document.querySelectorAll('.menu [role^="menuitem"]')];
      const row = rows.find(({ textContent }) => textContent === label);
      if (!(row instanceof HTMLElement)) throw new Error(`There is no ${label}.`);
      row.click();
    }, label);
  }

  const said = (part: string) =>
    opened().until(
      `[...document.querySelectorAll('.notice')].some(({ textContent }) => textContent.includes(${JSON.stringify(part)}))`,
    );

  return { openMenu, choose, said };
}
