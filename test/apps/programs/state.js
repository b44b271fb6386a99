// Stores and streams: Redux Toolkit, MobX, Immer, Zustand, RxJS, TanStack Query, a d3 hierarchy.
import { QueryClient } from '@tanstack/query-core';
import { configureStore, createSlice } from '@reduxjs/toolkit';
import * as d3 from 'd3';
import { produce } from 'immer';
import _ from 'lodash';
import { makeAutoObservable, observable } from 'mobx';
import { BehaviorSubject, filter, map } from 'rxjs';
import { createStore } from 'zustand/vanilla';

let pausing = false;
const slice = createSlice({
  name: 'todos',
  initialState: { byId: { 1: { id: 1, t: 'x' }, 2: { id: 2, t: 'y' } }, order: [1, 2], ui: { open: true } },
  reducers: {
    rename(state, action) {
      if (pausing) debugger;
      state.byId[action.payload.id].t = action.payload.t;
    },
  },
});
const redux = configureStore({ reducer: { todos: slice.reducer }, devTools: false });
const before = redux.getState();
redux.dispatch(slice.actions.rename({ id: 1, t: 'z' }));
const after = redux.getState();

class Cart {
  items = [{ n: 1 }];
  total = 0;
  constructor() {
    makeAutoObservable(this);
  }
  get count() {
    return this.items.length;
  }
  add(n) {
    if (pausing) debugger;
    this.items.push({ n });
  }
}
const cart = new Cart();
cart.add(2);
const zs = createStore((set) => ({ n: 0, inc: () => set((state) => ({ n: state.n + 1 })) }));
const subj = new BehaviorSubject({ a: 1 });
const sub = subj
  .pipe(
    map((x) => x.a),
    filter(Boolean),
  )
  .subscribe((value) => {
    if (pausing) debugger;
    return value;
  });
const qc = new QueryClient();
qc.setQueryData(['a', { b: 1 }], { rows: [1, 2, 3] });
const tree = d3.hierarchy({
  name: 'r',
  children: [{ name: 'a', children: [{ name: 'b' }, { name: 'c' }] }, { name: 'd' }],
});
const draft = produce(after, (state) => {
  state.todos.ui.open = false;
});
const obs = observable({ a: [1, { b: 2 }], m: new Map([[1, { z: 1 }]]) });
const paused = (run) => () => {
  pausing = true;
  run();
  pausing = false;
};
Object.assign(window, { redux, before, after, draft, cart, zs, subj, sub, qc, tree, d3, _, obs, ready: true });
window.pauses = {
  reducer: paused(() => redux.dispatch(slice.actions.rename({ id: 2, t: 'w' }))),
  action: paused(() => cart.add(3)),
  subscriber: paused(() => subj.next({ a: 2 })),
};
