// A scene of five meshes and a light in three.js.
import * as THREE from 'three';

const scene = new THREE.Scene();
const cam = new THREE.PerspectiveCamera(75, 1, 0.1, 1000);
const geo = new THREE.BoxGeometry(1, 1, 1);
const mat = new THREE.MeshStandardMaterial({ color: 0x00ff00 });
for (let i = 0; i < 5; i++) {
  const mesh = new THREE.Mesh(geo, mat);
  mesh.position.x = i;
  scene.add(mesh);
}
scene.add(new THREE.PointLight(0xffffff, 1));
Object.assign(window, { scene, cam, geo, mat, THREE, ready: true });
window.pauses = {
  traverse: () =>
    scene.traverse((object) => {
      if (object.isLight) debugger;
    }),
};
