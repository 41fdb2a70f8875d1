// A search that cannot be answered: its message is for the visitor.

export class SearchError extends Error {}
