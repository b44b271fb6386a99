// Two rich text editors: Lexical and ProseMirror.
import { $createParagraphNode, $createTextNode, $getRoot, createEditor } from 'lexical';
import { exampleSetup } from 'prosemirror-example-setup';
import { DOMParser } from 'prosemirror-model';
import { schema } from 'prosemirror-schema-basic';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';

let pausing = false;
const root = document.getElementById('root');
const lexical = createEditor({ namespace: 'test', onError: console.error });
lexical.setRootElement(root);
const write = (text) =>
  lexical.update(
    () => {
      const paragraph = $createParagraphNode();
      if (pausing) debugger;
      $getRoot().append(paragraph.append($createTextNode(text)));
    },
    { discrete: true },
  );
write('hello');
const place = document.createElement('div');
document.body.append(place);
const text = document.createElement('div');
text.innerHTML = '<p>Hello <b>world</b></p><p>again</p>';
const prose = new EditorView(place, {
  state: EditorState.create({ doc: DOMParser.fromSchema(schema).parse(text), plugins: exampleSetup({ schema }) }),
  dispatchTransaction(transaction) {
    if (pausing) debugger;
    prose.updateState(prose.state.apply(transaction));
  },
});
const paused = (run) => () => {
  pausing = true;
  run();
  pausing = false;
};
Object.assign(window, { lexical, editorState: lexical.getEditorState(), prose, doc: prose.state.doc, ready: true });
window.pauses = {
  update: paused(() => write('again')),
  transaction: paused(() => prose.dispatch(prose.state.tr.insertText('x', 1))),
};
