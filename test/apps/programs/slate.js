// A document with history in Slate.
import { createEditor, Editor, Transforms } from 'slate';
import { withHistory } from 'slate-history';

const editor = withHistory(createEditor());
editor.children = [
  { type: 'heading', children: [{ text: 'Title' }] },
  { type: 'paragraph', children: [{ text: 'Some ' }, { text: 'bold', bold: true }, { text: ' text.' }] },
];
Transforms.select(editor, Editor.end(editor, []));
Transforms.insertText(editor, ' More.');
const { history, selection } = editor;
// The name `history` is the browser's.
Object.assign(window, { editor, edits: history, selection, nodes: editor.children, ready: true });
window.pauses = {
  insert() {
    const { apply } = editor;
    editor.apply = (operation) => {
      debugger;
      apply(operation);
    };
    Transforms.insertText(editor, '!');
    editor.apply = apply;
  },
};
