// A collection of models with listeners in Backbone.
import Backbone from 'backbone';

let pausing = false;
const Task = Backbone.Model.extend({ defaults: { text: '', done: false } });
const Tasks = Backbone.Collection.extend({ model: Task, comparator: 'text' });
const tasks = new Tasks([{ text: 'milk' }, { text: 'bread' }, { text: 'eggs' }]);
const first = tasks.at(0);
tasks.on('change:done', (task) => {
  if (pausing) debugger;
  return task;
});
first.set('done', true);
Object.assign(window, { tasks, first, ready: true });
window.pauses = {
  change() {
    pausing = true;
    first.set('done', false);
    pausing = false;
  },
};
