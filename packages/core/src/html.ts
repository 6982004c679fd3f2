// HTML as plain text. A separate entry, so that only adapters whose vendor sends HTML load it.
export { isHtml, readHtml } from './read/html.ts'
