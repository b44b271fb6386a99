/**
 * Finds where frameworks hang their trees on elements of the document, and custom elements. Reads own names of nodes alone:
 * must run no getter of the page and touch no node.
 */
import type { ComponentPlace } from '../wire/requests.ts';
import type { Builtins } from './realm/builtins.ts';
import { isFunction } from './realm/judge.ts';
import type { List } from './realm/lists.ts';
import { isObject } from './realm/safe-read.ts';

const mostNodes = 50_000;
const mostPlaces = 200;
const elementNode = 1;

export function createComponents(builtins: Builtins): () => readonly ComponentPlace[] {
  const { apply, browser, data, descriptorOf, globalObject, has, looksNative, properties } = builtins;

  function ask(builtin: (...args: readonly unknown[]) => unknown, node: object): unknown {
    try {
      return apply(builtin, node, []);
    } catch {
      return undefined;
    }
  }

  /** The page cannot replace it. */
  function documentNode(): object | null {
    const found = descriptorOf(globalObject, 'document');
    if (found === undefined || has(found, 'value') || !isFunction(found.get) || !looksNative(found.get, 'get document'))
      return null;
    const value = apply(found.get, globalObject, []);
    return isObject(value) ? value : null;
  }

  /** The framework that gave an element this property, as far as the name tells. */
  function frameworkOf(name: string): string {
    if (startsWith(name, '__reactContainer$')) return 'react';
    switch (name) {
      case '_reactRootContainer':
        return 'react';
      case '__vue_app__':
      case '__vue__':
        return 'vue';
      case '__k':
        return 'preact';
      case '_x_dataStack':
        return 'alpine';
      default:
        return '';
    }
  }

  function startsWith(text: string, start: string): boolean {
    for (let index = 0; index < start.length; index += 1) if (text[index] !== start[index]) return false;
    return true;
  }

  function hasDash(text: string): boolean {
    for (let index = 0; index < text.length; index += 1) if (text[index] === '-') return true;
    return false;
  }

  function attribute(node: object, name: string): string {
    const value = apply(browser.getAttribute, node, [name]);
    return typeof value === 'string' ? value : '';
  }

  return () => {
    const places: List<ComponentPlace> = { __proto__: null };
    let count = 0;
    let position = -1;
    const keep = (node: object, tag: string, framework: string, key: string): void => {
      const value = key === '' ? node : data(node, key);
      if (count >= mostPlaces || !isObject(value)) return;
      places[count] = [framework, tag, attribute(node, 'id'), position, key];
      count += 1;
    };

    function visit(node: object): void {
      if (ask(browser.nodeType, node) !== elementNode) return;
      position += 1;
      const tag = ask(browser.localName, node);
      if (typeof tag !== 'string') return;
      const names = properties.ownNames(node);
      for (let index = 0; index < names.length; index += 1) {
        const name = names[index] ?? '';
        const framework = frameworkOf(name);
        if (framework !== '') keep(node, tag, framework, name);
      }
      if (hasDash(tag) && names.length > 0) keep(node, tag, 'element', '');
    }

    if (!builtins.usable) return [];
    const start = documentNode();
    const parents: List<object> = { __proto__: null };
    let depth = 0;
    let node: unknown = start === null ? null : ask(browser.firstChild, start);
    for (let seen = 0; isObject(node) && seen < mostNodes; seen += 1) {
      visit(node);
      const child = ask(browser.firstChild, node);
      if (isObject(child)) {
        parents[depth] = node;
        depth += 1;
        node = child;
        continue;
      }
      let next: unknown = ask(browser.nextSibling, node);
      while (!isObject(next) && depth > 0) {
        depth -= 1;
        next = ask(browser.nextSibling, parents[depth] ?? {});
      }
      node = next;
    }
    return builtins.arrayOf(count, (index) => places[index] ?? ['', '', '', 0, '']);
  };
}
