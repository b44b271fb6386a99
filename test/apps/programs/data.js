// Data structures: Immutable.js, a Yjs document, an Apollo cache.
import { InMemoryCache, gql } from '@apollo/client/core';
import { fromJS, Map as ImmutableMap, Record } from 'immutable';
import * as Y from 'yjs';

let pausing = false;
const Point = Record({ x: 0, y: 0 });
const before = fromJS({ user: { name: 'Ann', tags: ['a', 'b'] }, points: [1, 2, 3] });
const later = before.setIn(['user', 'name'], 'Bob');
const many = ImmutableMap(Array.from({ length: 100 }, (__, i) => [`k${i}`, new Point({ x: i })]));
const ydoc = new Y.Doc();
const ymap = ydoc.getMap('users');
ymap.observe((event) => {
  if (pausing) debugger;
  return event;
});
ymap.set('ann', new Y.Map([['name', 'Ann']]));
ydoc.getText('t').insert(0, 'hello');
const cache = new InMemoryCache();
cache.writeQuery({
  query: gql`{ posts { id title author { id name } } }`,
  data: {
    posts: [
      { __typename: 'Post', id: 1, title: 'a', author: { __typename: 'User', id: 1, name: 'Ann' } },
      { __typename: 'Post', id: 2, title: 'b', author: { __typename: 'User', id: 1, name: 'Ann' } },
    ],
  },
});
Object.assign(window, { before, later, many, ydoc, ymap, cache, extracted: cache.extract(), ready: true });
window.pauses = {
  observer() {
    pausing = true;
    ymap.set('bob', new Y.Map());
    pausing = false;
  },
};
