declare module 'virtual:agent' {
  /** Text of an expression that evaluates to `createAgent` of src/page/agent.ts in a page. */
  const source: string;
  export default source;
}
