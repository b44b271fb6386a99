// A timeline of tweens in GSAP.
import { gsap } from 'gsap';

const ball = { x: 0, y: 0, color: 'red' };
const box = { width: 10 };
const timeline = gsap.timeline({ paused: true });
timeline.to(ball, { x: 100, duration: 1 }).to(ball, { y: 50, duration: 1 }, '<').to(box, { width: 40, duration: 2 });
timeline.progress(0.3);
Object.assign(window, { ball, box, timeline, tween: timeline.getChildren()[0], ready: true });
window.pauses = {
  update() {
    timeline.eventCallback('onUpdate', () => {
      debugger;
      timeline.eventCallback('onUpdate', null);
    });
    timeline.progress(0.6);
  },
};
