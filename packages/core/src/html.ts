// HTML as plain text, for adapters whose vendor sends it: an entry of its own, so that the others do not begin with it.
export { isHtml, readHtml } from './read/html.ts'
