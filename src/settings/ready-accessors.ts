/** Accessors for common libraries, which a user can switch on. They are texts that run in a page, where nothing of ours is in scope. */
import type { Accessor } from './settings.ts';

export const readyAccessors: readonly Accessor[] = [
  {
    name: 'Immutable',
    enabled: false,
    match: {
      by: 'predicate',
      source: `(object) =>
  object['@@__IMMUTABLE_ITERABLE__@@'] === true ||
  object['@@__IMMUTABLE_RECORD__@@'] === true`,
    },
    source: `(collection) => Array.from(collection.toSeq().entries())`,
  },
  {
    name: 'MobX',
    enabled: false,
    match: {
      by: 'predicate',
      source: `(object) =>
  Object.getOwnPropertySymbols(object).some(
    ({ description }) => description === 'mobx administration',
  )`,
    },
    source: `(observable) => {
  const symbol = Object.getOwnPropertySymbols(observable).find(
    ({ description }) => description === 'mobx administration',
  );
  const held = observable[symbol].values_ ?? observable.data_;
  return Array.from(held.entries(), ([key, value]) => [
    key,
    'value_' in Object(value) ? value.value_ : value,
  ]);
}`,
  },
  {
    name: 'Vue',
    enabled: false,
    match: { by: 'predicate', source: `(object) => typeof object.__v_raw === 'object'` },
    source: `(proxy) => Object.entries(proxy.__v_raw)`,
  },
  {
    name: 'Arrow table',
    enabled: false,
    match: {
      by: 'predicate',
      source: `(object) =>
  typeof object.getChild === 'function' && Array.isArray(object.schema?.fields)`,
    },
    source: `(table) =>
  table.schema.fields.map(({ name }) => [
    name,
    Array.from(table.getChild(name)),
  ])`,
  },
];
