declare module 'virtual:agent' {
  /** Text of an expression that evaluates to `createAgent` of src/page/agent.ts in a page. */
  const source: string;
  export default source;
}

declare module 'virtual:graph' {
  /** Text of an expression that evaluates to `offerGraph` of src/page/graph.ts in a page. */
  const source: string;
  export default source;
}
