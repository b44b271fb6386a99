/** Makes one object of each class of the browser's global object, as far as a page can. Runs in the page. */

/**
 * Keeps them in `globalThis.made`, by class; answers the names of the classes that give no object without the user or hardware.
 * @param webAssembly Also those of WebAssembly.
 */
export async function makeInstances(webAssembly: boolean): Promise<readonly string[]> {
  const made: Record<string, unknown> = {};
  const shared = { shared: true };
  const canvas = document.createElement('canvas');
  const audio = new AudioContext();
  const buffer = audio.createBuffer(1, 1, 44100);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `a { color: red } @media print { a { color: red } } @keyframes k { from { color: red } } @layer l { a { color: red } }
     @layer m; @supports (color: red) { a { color: red } } @font-face { font-family: x; src: local(x) } @page { margin: 1px }
     @property --p { syntax: '*'; inherits: false } @container (width > 1px) { a { color: red } } @counter-style c { system: fixed; symbols: a }`,
  );
  const form = new FormData();
  form.append('name', 'value');
  form.append('file', new File(['abc'], 'a.txt'));
  const wasm = () =>
    new WebAssembly.Module(
      new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 7, 1, 3, 109, 101, 109, 2, 0]),
    );
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(`made ${Math.random()}`);
    request.onupgradeneeded = () => request.result.createObjectStore('store').createIndex('index', 'key');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const transaction = database.transaction('store');
  const store = transaction.objectStore('store');
  const range = document.createRange();
  const signal = new AbortController();
  signal.abort(shared);
  const recipes: Readonly<Record<string, () => unknown>> = {
    AbortSignal: () => signal.signal,
    CustomEvent: () => new CustomEvent('made', { detail: shared }),
    MessageEvent: () => new MessageEvent('message', { data: shared }),
    PopStateEvent: () => new PopStateEvent('popstate', { state: shared }),
    PromiseRejectionEvent: () => new PromiseRejectionEvent('made', { promise: Promise.resolve(), reason: shared }),
    FormData: () => form,
    FormDataEvent: () => new FormDataEvent('formdata', { formData: form }),
    Headers: () => new Headers({ accept: 'text/plain' }),
    URLSearchParams: () => new URLSearchParams('a=1'),
    Range: () => range,
    StaticRange: () =>
      new StaticRange({ startContainer: document, startOffset: 0, endContainer: document, endOffset: 0 }),
    Selection: () => getSelection(),
    NodeList: () => document.querySelectorAll('body'),
    HTMLCollection: () => document.children,
    NamedNodeMap: () => document.body.attributes,
    DOMTokenList: () => document.body.classList,
    DOMStringMap: () => Object.assign(document.body, {}).dataset,
    DOMStringList: () => database.objectStoreNames,
    CSSStyleDeclaration: () => Object.assign(document.createElement('p').style, { color: 'red' }),
    CSSStyleSheet: () => sheet,
    StyleSheetList: () => document.styleSheets,
    CSSRuleList: () => sheet.cssRules,
    MediaList: () => sheet.media,
    MediaQueryList: () => matchMedia('print'),
    TreeWalker: () => document.createTreeWalker(document),
    NodeIterator: () => document.createNodeIterator(document),
    XPathResult: () => document.evaluate('1', document),
    XPathExpression: () => document.createExpression('1'),
    ValidityState: () => document.createElement('input').validity,
    DOMImplementation: () => document.implementation,
    FileList: () => Object.assign(document.createElement('input'), { type: 'file' }).files,
    DataTransferItemList: () => new DataTransfer().items,
    TimeRanges: () => document.createElement('video').buffered,
    TextTrackList: () => document.createElement('video').textTracks,
    TextTrack: () => document.createElement('video').addTextTrack('captions'),
    DOMRectList: () => document.body.getClientRects(),
    Animation: () => document.body.animate([], 1),
    ShadowRoot: () => document.createElement('div').attachShadow({ mode: 'open' }),
    FontFaceSet: () => document.fonts,
    DocumentTimeline: () => document.timeline,
    ElementInternals: () => {
      customElements.define('made-element', class extends HTMLElement {});
      return document.createElement('made-element').attachInternals();
    },
    CanvasRenderingContext2D: () => canvas.getContext('2d'),
    OffscreenCanvasRenderingContext2D: () => new OffscreenCanvas(1, 1).getContext('2d'),
    CanvasGradient: () => canvas.getContext('2d')?.createLinearGradient(0, 0, 1, 1),
    CanvasPattern: () => canvas.getContext('2d')?.createPattern(canvas, 'repeat'),
    TextMetrics: () => canvas.getContext('2d')?.measureText('a'),
    ImageData: () => new ImageData(1, 1),
    AudioContext: () => audio,
    AudioBuffer: () => buffer,
    AudioParam: () => audio.createGain().gain,
    AudioListener: () => audio.listener,
    AudioDestinationNode: () => audio.destination,
    AudioWorklet: () => audio.audioWorklet,
    AnalyserNode: () => audio.createAnalyser(),
    GainNode: () => audio.createGain(),
    OscillatorNode: () => audio.createOscillator(),
    IDBDatabase: () => database,
    IDBTransaction: () => transaction,
    IDBObjectStore: () => store,
    IDBIndex: () => store.index('index'),
    IDBRequest: () => store.get('nothing'),
    IDBKeyRange: () => IDBKeyRange.bound(1, 2),
    IDBFactory: () => indexedDB,
    PerformanceNavigationTiming: () => performance.getEntriesByType('navigation')[0],
    PerformanceMark: () => performance.mark('made', { detail: shared }),
    PerformanceMeasure: () => performance.measure('made'),
    Performance: () => performance,
    PerformanceTiming: () => performance.timing,
    Crypto: () => crypto,
    SubtleCrypto: () => crypto.subtle,
    Navigator: () => navigator,
    Location: () => location,
    History: () => history,
    Screen: () => screen,
    ScreenOrientation: () => screen.orientation,
    VisualViewport: () => visualViewport,
    CustomElementRegistry: () => customElements,
    Storage: () => {
      localStorage.setItem('a', '1');
      return localStorage;
    },
    MediaSession: () => navigator.mediaSession,
    ServiceWorkerContainer: () => navigator.serviceWorker,
    Permissions: () => navigator.permissions,
    ReadableStreamDefaultReader: () => new ReadableStream().getReader(),
    WritableStreamDefaultWriter: () => new WritableStream().getWriter(),
    Worker: () => new Worker('data:text/javascript,'),
    'WebAssembly.Module': wasm,
    'WebAssembly.Instance': () => new WebAssembly.Instance(wasm()),
    'WebAssembly.Table': () => new WebAssembly.Table({ initial: 2, element: 'anyfunc' }),
    'WebAssembly.Memory': () => new WebAssembly.Memory({ initial: 1 }),
    'WebAssembly.Global': () => new WebAssembly.Global({ value: 'i32' }, 42),
    'Temporal.PlainDate': () => Reflect.get(globalThis, 'Temporal')?.PlainDate.from('2020-02-03'),
    'Temporal.ZonedDateTime': () => Reflect.get(globalThis, 'Temporal')?.Now.zonedDateTimeISO(),
    'Temporal.Duration': () => Reflect.get(globalThis, 'Temporal')?.Duration.from('PT1H'),
    'Temporal.Instant': () => Reflect.get(globalThis, 'Temporal')?.Instant.from('2020-01-01T00:00:00Z'),
    Iterator: () =>
      Reflect.get(globalThis, 'Iterator')
        .from([1])
        .map(() => 1),
  };
  /** These ask the user, leave the page or start something. */
  const left =
    /^(?:Window|Function|AsyncFunction|PaymentRequest|PresentationRequest|WebTransport|SharedWorker|WebSocketStream|EyeDropper|Object)$/;
  const attempts: readonly (readonly unknown[])[] = [
    [],
    ['x'],
    ['https://example.org/'],
    [audio],
    [shared],
    [() => {}],
    ['x', {}],
    [[]],
    ['x', 'y'],
    ['x', 'y', 'z'],
    [1, 1],
    [1, 1, 1],
    [audio, { buffer }],
    ['default', () => {}],
    [new ReadableStream()],
  ];
  const failed: string[] = [];
  const holders: readonly (readonly [string, object])[] = [
    ['', globalThis],
    ['Intl.', Intl],
    ['WebAssembly.', webAssembly ? WebAssembly : {}],
    ['Temporal.', Reflect.get(globalThis, 'Temporal') ?? {}],
  ];
  for (const [prefix, holder] of holders) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      const maker: unknown = Object.getOwnPropertyDescriptor(holder, name)?.value;
      if (!/^[A-Z]/.test(name) || typeof maker !== 'function' || !maker.prototype || left.test(name)) continue;
      // A class of this page's scripts.
      if (!Function.prototype.toString.call(maker).includes('[native code]')) continue;
      let object: unknown;
      try {
        object = recipes[`${prefix}${name}`]?.();
      } catch {
        // It may still be constructed.
      }
      for (const args of attempts) {
        if (object !== undefined && object !== null) break;
        try {
          object = Reflect.construct(maker, args);
        } catch {
          // The next one may do.
        }
      }
      if (object === undefined || object === null) failed.push(`${prefix}${name}`);
      else made[`${prefix}${name}`] = object;
    }
  }
  for (const rule of sheet.cssRules) made[rule.constructor.name] = rule;
  Object.assign(globalThis, { made, shared });
  return failed;
}
