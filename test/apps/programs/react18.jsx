// The list of tasks in React 18: the build takes that version's packages.
import './react.jsx';
