const set = (names: string): ReadonlySet<string> => new Set(names.split(' '))

/** Elements that begin and end a line, as a browser shows them. */
export const blocks: ReadonlySet<string> = set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p ' +
    'plaintext pre search section summary table tbody tfoot thead tr ul xmp',
)

/** Elements whose content stands beside its neighbour's on one line. */
export const cells: ReadonlySet<string> = set('td th')

/** Elements whose content nobody sees. */
export const unseen: ReadonlySet<string> = set('head script style svg template title')

/** Elements without content, which no end tag closes. */
export const voids: ReadonlySet<string> = set(
  'area base basefont bgsound br col embed frame hr img input isindex keygen link meta param source track wbr',
)

const others: ReadonlySet<string> = set(
  'a abbr acronym applet audio b bdi bdo big blink button canvas cite code colgroup data datalist del dfn em font i ' +
    'iframe ins kbd label map mark marquee math meter nobr noembed noframes noscript object output picture progress q ' +
    'rb rp rt rtc ruby s samp select slot small span strike strong sub sup textarea time tt u var video',
)

/** What office programs put into mail: `<o:p>`, `<v:shape>`, `<st1:place>`. */
const office = /^(?:[movwx]|st\d):[a-z]\w*$/

/** Whether a name is that of an element that is or was one of HTML. @param name in lower case. */
export const isElement = (name: string): boolean =>
  others.has(name) || blocks.has(name) || voids.has(name) || cells.has(name) || unseen.has(name) || office.test(name)
