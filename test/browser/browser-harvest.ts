/** More objects of the browser's classes, for browser-instances.ts. Each function runs in the page and uses nothing of this module. */

/**
 * Adds to `globalThis.made` what `nodes` and `rare` have of classes that it has not, and what the browser's getters tell of
 * all of them. Answers the classes that are still missing.
 */
export function harvest(missing: readonly string[]): readonly string[] {
  const made: Record<string, unknown> = Reflect.get(globalThis, 'made');
  const queue: object[] = [navigator, document, performance];
  for (const value of Object.values(made)) if (typeof value === 'object' && value !== null) queue.push(value);

  function keep(object: object): boolean {
    const maker: unknown = Object.getPrototypeOf(object)?.constructor;
    // A prototype is no object of the class from which it inherits.
    if (
      typeof maker !== 'function' ||
      Object.hasOwn(object, 'constructor') ||
      maker.prototype !== Object.getPrototypeOf(object)
    )
      return false;
    const { name } = maker;
    if (name in made || /^(?:Object|Window)$/.test(name) || Reflect.get(globalThis, name) !== maker) return false;
    if (!Function.prototype.toString.call(maker).includes('[native code]')) return false;
    made[name] = object;
    queue.push(object);
    return true;
  }

  for (const object of [...Reflect.get(globalThis, 'nodes'), ...Reflect.get(globalThis, 'rare')]) keep(object);
  for (let object = queue.shift(); object !== undefined; object = queue.shift()) {
    const found: unknown[] = Object.getOwnPropertyDescriptor(object, '0')?.value ? [Reflect.get(object, '0')] : [];
    for (let hop = Object.getPrototypeOf(object); hop !== null; hop = Object.getPrototypeOf(hop)) {
      for (const key of Object.getOwnPropertyNames(hop)) {
        const get = Object.getOwnPropertyDescriptor(hop, key)?.get;
        // What is deprecated, or asks for a permission.
        if (!get || /^(?:on|webkit|protectedAudience|geolocation)/.test(key)) continue;
        try {
          found.push(get.call(object));
        } catch {
          // It belongs to a class that only inherits from this one.
        }
      }
    }
    for (const value of found) if (typeof value === 'object' && value !== null) keep(value);
  }
  return missing.filter((name) => !(name in made));
}

/** One element of each tag of HTML, SVG and MathML, and other nodes. */
export function makeNodes(): void {
  const html =
    'a abbr area audio base blockquote body br button canvas caption col data datalist del details dialog dir div dl embed fieldset font form frame frameset geolocation h1 head hr html iframe img input label legend li link map marquee menu meta meter object ol optgroup option output p param picture pre progress q script select selectedcontent slot source span style table tbody td template textarea time title tr track ul unknown-tag nothing video';
  const svg =
    'a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g image line linearGradient marker mask metadata mpath path pattern polygon polyline radialGradient rect script set stop style svg switch symbol text textPath title tspan use view nothing';
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const points = document.createElementNS('http://www.w3.org/2000/svg', 'polygon');
  points.setAttribute('points', '1,2 3,4');
  const xml = document.implementation.createDocument(null, 'made');
  const nodes: readonly object[] = [
    ...html.split(' ').map((tag) => document.createElement(tag)),
    ...svg.split(' ').map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag)),
    document.createElementNS('http://www.w3.org/1998/Math/MathML', 'mi'),
    document.createElementNS('http://example.org/', 'made'),
    document.createAttribute('made'),
    document.implementation.createDocumentType('html', '', ''),
    document.implementation.createHTMLDocument('made'),
    xml,
    xml.createCDATASection('made'),
    xml.createProcessingInstruction('made', 'made'),
    points,
    ...[
      drawing.createSVGPoint(),
      drawing.createSVGRect(),
      drawing.createSVGNumber(),
      drawing.createSVGLength(),
      drawing.createSVGAngle(),
      drawing.createSVGMatrix(),
      drawing.createSVGTransform(),
      points.points,
    ],
  ];
  Object.assign(globalThis, { nodes });
}

/** Objects that are made by more than one call. What this browser refuses is left out. */
export async function makeRare(): Promise<void> {
  const found: object[] = [];
  const canvas = document.createElement('canvas');
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(`made ${Math.random()}`);
    request.onupgradeneeded = () => request.result.createObjectStore('store').createIndex('index', 'key');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const add = async (make: () => unknown): Promise<void> => {
    try {
      const value = await Promise.race([make(), new Promise((resolve) => setTimeout(resolve, 2000))]);
      for (const one of Array.isArray(value) ? value : [value])
        if (typeof one === 'object' && one !== null) found.push(one);
    } catch {
      // This browser has none, or asks the user.
    }
  };
  const make = (name: string, ...given: readonly unknown[]): object =>
    Reflect.construct(Reflect.get(globalThis, name), given);
  const first = <T>(start: (tell: (value: T) => void) => void) => new Promise<T>(start);
  const style = (text: string): unknown => {
    const element = document.createElement('p');
    element.style.cssText = text;
    return [...element.attributeStyleMap.values()].flat();
  };
  const gl = (kind: 'webgl' | 'webgl2') => {
    const context: unknown = document.createElement('canvas').getContext(kind);
    if (!(context instanceof WebGLRenderingContext || context instanceof WebGL2RenderingContext)) return [];
    const shader = context.createShader(context.VERTEX_SHADER);
    const program = context.createProgram();
    const two = context instanceof WebGL2RenderingContext ? context : null;
    return [
      context,
      shader,
      program,
      context.createBuffer(),
      context.createTexture(),
      context.createFramebuffer(),
      context.createRenderbuffer(),
      context.getShaderPrecisionFormat(context.VERTEX_SHADER, context.LOW_FLOAT),
      two?.createVertexArray(),
      two?.createSampler(),
      two?.createQuery(),
      two?.createTransformFeedback(),
      two?.fenceSync(two.SYNC_GPU_COMMANDS_COMPLETE, 0),
    ];
  };
  const peer = () => {
    const connection = new RTCPeerConnection();
    const transceiver = connection.addTransceiver('audio');
    return [connection, connection.createDataChannel('made'), transceiver, transceiver.sender, transceiver.receiver];
  };
  const cursors = (open: (store: IDBObjectStore) => IDBRequest) =>
    first((tell) => {
      const store = database.transaction('store', 'readwrite').objectStore('store');
      store.put({ key: 1 }, 1);
      const request = open(store);
      request.onsuccess = () => tell(request.result);
    });
  const recipes: readonly (() => unknown)[] = [
    () => new File(['abc'], 'made.txt'),
    () => new Option('made'),
    () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt']),
    () => createImageBitmap(canvas),
    () => document.createElement('canvas').getContext('bitmaprenderer'),
    () => gl('webgl'),
    () => gl('webgl2'),
    peer,
    async () => (await new RTCPeerConnection().getStats()) as object,
    () => RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as AlgorithmIdentifier),
    () => make('RTCIceCandidate', { candidate: '', sdpMid: '0' }),
    () => make('RTCError', { errorDetail: 'data-channel-failure' }, 'made'),
    () => make('VideoFrame', canvas, { timestamp: 0 }),
    () =>
      make('AudioData', {
        format: 'f32',
        sampleRate: 8000,
        numberOfFrames: 1,
        numberOfChannels: 1,
        timestamp: 0,
        data: new Float32Array(1),
      }),
    () => make('EncodedVideoChunk', { type: 'key', timestamp: 0, data: new Uint8Array(1) }),
    () => make('EncodedAudioChunk', { type: 'key', timestamp: 0, data: new Uint8Array(1) }),
    () => canvas.captureStream(),
    () => canvas.captureStream().getTracks(),
    () => make('MediaRecorder', canvas.captureStream()),
    () => new CompressionStream('gzip'),
    () => new DecompressionStream('gzip'),
    () => new CountQueuingStrategy({ highWaterMark: 1 }),
    () => new ByteLengthQueuingStrategy({ highWaterMark: 1 }),
    () => new ReadableStream({ type: 'bytes' }).getReader({ mode: 'byob' }),
    () => first((tell) => new ReadableStream({ start: tell })),
    () => first((tell) => new ReadableStream({ type: 'bytes', start: tell })),
    () => first((tell) => new WritableStream({ start: tell })),
    () => first((tell) => new TransformStream({ start: tell })),
    () => cursors((store) => store.openCursor()),
    () => cursors((store) => store.openKeyCursor()),
    () => indexedDB.open('made again'),
    () => navigator.permissions.query({ name: 'geolocation' }),
    () => caches,
    () => caches.open('made'),
    () => navigator.storage.getDirectory(),
    () => navigator.storage.getDirectory().then((folder) => folder.getFileHandle('made', { create: true })),
    () => first((tell) => void navigator.locks.request('made', (lock) => tell(lock))),
    () => Reflect.get(globalThis, 'trustedTypes'),
    () => Reflect.get(globalThis, 'trustedTypes').createPolicy('made', {}),
    ...['HTML', 'Script', 'ScriptURL'].map((kind) => () => {
      const same = (text: string) => text;
      const policy = { createHTML: same, createScript: same, createScriptURL: same };
      const made = Reflect.get(globalThis, 'trustedTypes').createPolicy(`made ${kind}`, policy);
      return made[`create${kind}`]('');
    }),
    () =>
      first<unknown>((tell) => {
        const element = document.body.appendChild(document.createElement('p'));
        new MutationObserver((records) => tell(records)).observe(element, { attributes: true });
        element.title = 'made';
      }),
    () => first<unknown>((tell) => new ResizeObserver((entries) => tell(entries)).observe(document.body)),
    () => first<unknown>((tell) => new IntersectionObserver((entries) => tell(entries)).observe(document.body)),
    () =>
      first<unknown>((tell) => {
        new PerformanceObserver((list) => tell(list)).observe({ type: 'mark' });
        performance.mark('made');
      }),
    () => first((tell) => requestIdleCallback(tell)),
    () => performance.getEntries(),
    () => fetch(location.href).then(() => performance.getEntriesByType('resource')),
    () => style('width: 1px; color: red; margin: calc(1px + 2em)'),
    () => style('transform: translate(1px) scale(2) rotate(1deg) skew(1deg) skewX(1deg) skewY(1deg) perspective(1px)'),
    () =>
      (
        style(
          'transform: translate(1px) scale(2) rotate(1deg) skew(1deg, 1deg) skewX(1deg) skewY(1deg) perspective(1px)',
        ) as readonly Iterable<unknown>[]
      ).flatMap((value) => [...value]),
    () => style('width: var(--made, 1px); object-position: 1px 2px; background-image: url(data:,)'),
    () => [...((style('width: var(--made, 1px)') as readonly Iterable<unknown>[])[0] ?? [])],
    () => document.createElement('p').attributeStyleMap,
    () => document.body.computedStyleMap(),
    () => document.body.animate([], 1).effect,
    () => {
      const form = document.createElement('form');
      form.innerHTML = '<input type="radio" name="made"><input type="radio" name="made">';
      return [form.elements, form.elements.namedItem('made')];
    },
    () => document.createElement('select').options,
    () => document.all,
    () => new DataTransfer().items.add('made', 'text/plain'),
    () => new Touch({ identifier: 1, target: document.body }),
    () => new OfflineAudioContext(1, 1, 44100),
    () => new AudioContext().createScriptProcessor(),
    () => new AudioContext().createIIRFilter([1], [1]),
    () => new AudioContext().createMediaElementSource(new Audio()),
    () => new AudioContext().createMediaStreamSource(new AudioContext().createMediaStreamDestination().stream),
    () => new (Reflect.get(globalThis, 'TaskController'))().signal,
    () => new BlobEvent('made', { data: new Blob() }),
    () => new Intl.DisplayNames('en', { type: 'region' }),
    () => document.createEvent('TextEvent'),
    () => document.createEvent('BeforeUnloadEvent'),
    () => Reflect.get(globalThis, 'scheduler'),
    () => speechSynthesis,
    () => speechSynthesis.getVoices()[0],
    () => Reflect.get(navigator, 'getBattery').call(navigator),
    () =>
      navigator.requestMediaKeySystemAccess('org.w3.clearkey', [
        { initDataTypes: ['cenc'], videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.42E01E"' }] },
      ]),
    () => new Highlight(),
    () => Reflect.get(document, 'caretPositionFromPoint').call(document, 1, 1),
    () => document.startViewTransition(() => {}),
  ];
  for (const recipe of recipes) await add(recipe);
  Object.assign(globalThis, { rare: found });
}
