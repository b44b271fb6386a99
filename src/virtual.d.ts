declare module 'virtual:agent' {
  /** Text of an expression that evaluates to `createAgent` of src/page/agent.ts in a page. */
  const source: string;
  export default source;
}

declare module 'virtual:graph' {
  /** Text of an expression that evaluates to `offerGraph` of src/page/devtools/console-graph.ts in a page. */
  const source: string;
  export default source;
}

declare module 'virtual:recorder' {
  /** Text of an expression that evaluates to `createRecorder` of src/page/recorder/recorder.ts in a page. */
  const source: string;
  export default source;
}

declare module 'virtual:command-line' {
  /** Text of an expression that evaluates to `createCommandLine` of src/page/devtools/command-line.ts in a page. */
  const source: string;
  export default source;
}

declare module 'virtual:own-globals' {
  /** Text of an expression that evaluates to `createOwnGlobals` of src/node/script/own-globals.ts. */
  const source: string;
  export default source;
}
