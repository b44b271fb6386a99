// Shapes on a canvas with Konva.
import Konva from 'konva';

const stage = new Konva.Stage({ container: 'root', width: 200, height: 200 });
const layer = new Konva.Layer();
const circle = new Konva.Circle({ x: 50, y: 50, radius: 20, fill: 'red' });
const group = new Konva.Group();
group.add(circle, new Konva.Rect({ x: 10, y: 10, width: 30, height: 30 }));
layer.add(group);
stage.add(layer);
circle.on('click', (event) => {
  const shape = event.target;
  debugger;
  shape.fill('blue');
});
Object.assign(window, { stage, layer, circle, ready: true, pauses: { click: () => circle.fire('click', {}, true) } });
