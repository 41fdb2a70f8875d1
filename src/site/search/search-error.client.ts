// A search that fails: its message is for the visitor.

export class SearchError extends Error {}
