/**
 * The names of a frame's variables: the variable of each name, which ones belong to scopes outside of the function, and which ones are
 * shadowed by an inner variable of the same name. Pure.
 */

import type { Part, ScopeKind } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import type { Cell } from './diagram.ts';

type Variable = Extract<Part, { type: 'property' }> & { readonly scope: ScopeKind };

/** Adds the variable to each label of one box. Must be called in their order, the innermost first. */
export function createVariableLabels(): (part: Part, label: Cell | null) => Cell | null {
  const names = new Set<string>();
  return (part, label) => {
    if (!label || !isVariable(part)) return label;
    const { scope, level } = part;
    const name = scope === 'wasm-expression-stack' ? `stack[${label.text}]` : label.text;
    const shadowed = names.has(name);
    names.add(name);
    const of = scope === 'closure' || scope === 'module' ? scope : 'own';
    const lines = [label.hint, of === 'own' ? null : outerHints[of], shadowed ? shadowedHint : null];
    const hint = lines.filter((line) => line !== null).join('\n');
    return {
      ...label,
      text: shadowed ? say('variable_shadowedName', { name }) : name,
      hint: hint === '' ? null : hint,
      variable: { id: level === undefined ? name : `${level} ${name}`, of },
    };
  };
}

const shadowedHint = say('variable_shadowed');
const outerHints = { closure: say('variable_closure'), module: say('variable_module') };

const isVariable = (part: Part): part is Variable => part.type === 'property' && part.scope !== undefined;
