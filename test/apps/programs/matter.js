// Two bodies in Matter.js, a physics engine.
import Matter from 'matter-js';

const { Bodies, Composite, Engine, Events, Constraint } = Matter;
const engine = Engine.create();
const box = Bodies.rectangle(0, 0, 80, 80);
const ball = Bodies.circle(5, 5, 20);
const spring = Constraint.create({ bodyA: box, bodyB: ball });
Composite.add(engine.world, [box, ball, spring]);
let pausing = false;
Events.on(engine, 'collisionStart', (event) => {
  const [pair] = event.pairs;
  if (pausing) debugger;
  return pair;
});
Object.assign(window, { engine, box, ball, spring, world: engine.world, ready: true });
window.pauses = {
  collision() {
    pausing = true;
    Engine.update(engine, 16);
    pausing = false;
  },
};
