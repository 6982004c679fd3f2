import { systemClock, within } from './clock.ts'

/** Finds the IP addresses of a host name. An empty list: nothing is known of it. What it throws counts as that, too. */
export type Lookup = (hostname: string) => Promise<readonly string[]>

const notPublic = 'must be an HTTPS URL on a public host'
const leadsInside = 'must be a URL on a public host; this host name resolves to a private address'

/**
 * Why a URL from outside must not be called, registered or downloaded from; `undefined`: it may.
 *
 * It must have HTTPS, a public host, and no credentials of its own. The host of `baseUrl` is trusted, because the user
 * named it: there, HTTPS or the scheme of `baseUrl` does, and every port.
 *
 * The platform's URL parser has brought every spelling of a host into one form before (decimal, octal and hexadecimal
 * IPv4, other alphabets, percent signs). Only the name and the addresses of this moment are seen: a name server that
 * answers differently a moment later (DNS rebinding) is not stopped by this, because `fetch` takes no address beside the
 * name.
 */
export async function addressProblem(url: string, baseUrl: string, lookup?: Lookup): Promise<string | undefined> {
  if (!URL.canParse(url)) return notPublic
  const { protocol, hostname, username, password } = new URL(url)
  if (username || password) return notPublic
  const host = plain(hostname)
  const base = new URL(baseUrl)
  if (host === plain(base.hostname)) return protocol === 'https:' || protocol === base.protocol ? undefined : notPublic
  if (protocol !== 'https:') return notPublic
  const { default: ipaddr } = await import('ipaddr.js')
  if (ipaddr.isValid(host)) return isPublicIp(ipaddr.parse(host)) ? undefined : notPublic
  if (!host.includes('.') || innerName.test(host)) return notPublic
  const found = await lookup?.(host).catch(() => [])
  // What is no plain address, such as one in brackets, may lead anywhere.
  const inside = found?.some((ip) => !ipaddr.isValid(ip) || !isPublicIp(unwrapped(ipaddr, ipaddr.parse(ip))))
  return inside ? leadsInside : undefined
}

/** Whether `addressProblem` finds none. */
export const isPublicAddress = async (url: string, baseUrl: string, lookup?: Lookup): Promise<boolean> =>
  (await addressProblem(url, baseUrl, lookup)) === undefined

/** Without the brackets of IPv6, and without the dot at the end that makes a name absolute. */
const plain = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.+$/, '')

/** Endings of names that only a machine or its network knows: RFC 6761, 6762, 8375, and ICANN's `.internal`. */
const innerName = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa)$/

type IpAddr = typeof import('ipaddr.js')
type Ip = ReturnType<IpAddr['parse']>

const isIpv6 = (ip: Ip): ip is InstanceType<IpAddr['IPv6']> => ip.kind() === 'ipv6'

/** Answers of the metadata service of one cloud come from an address that looks public. */
const metadata = '168.63.129.16'

/** The library calls some addresses outside of 2000::/3 unicast too, such as `::7f00:1`; nothing public lies there. */
function isPublicIp(ip: Ip): boolean {
  if (ip.range() !== 'unicast') return false
  return isIpv6(ip) ? ((ip.parts[0] ?? 0) & 0xe000) === 0x2000 : ip.toString() !== metadata
}

/**
 * The IPv4 address inside an answer of a name server: in a network with IPv6 only (NAT64, 64:ff9b::/96), every name of
 * the other kind is answered with such a one. In a URL nobody needs it, so that there it stays what it is.
 */
function unwrapped(ipaddr: IpAddr, ip: Ip): Ip {
  if (!isIpv6(ip)) return ip
  if (ip.isIPv4MappedAddress()) return ip.toIPv4Address()
  if (!ip.match(ipaddr.parseCIDR('64:ff9b::/96') as [InstanceType<IpAddr['IPv6']>, number])) return ip
  return ipaddr.fromByteArray(ip.toByteArray().slice(-4))
}

interface Dns {
  promises: { lookup(hostname: string, options: { all: true }): Promise<{ address: string }[]> }
}

/**
 * The machine's own name service, where the runtime has one to ask: Node.js and what has its modules. Elsewhere (edge
 * functions, browsers) there is none, and a name counts as what it says. It is not imported, so that no bundler for those
 * stumbles over it.
 */
export const systemLookup: Lookup = async (hostname) => {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } }
  const dns = process?.getBuiltinModule?.('node:dns') as Dns | undefined
  if (!dns) return []
  const found = dns.promises.lookup(hostname, { all: true })
  const late = () => new Error('no response in time')
  return (await within(found, { clock: systemClock, milliseconds: longestMs, late })).map(({ address }) => address)
}

/** A name service that is slower has no say; the request goes to the same one and waits by its own deadline. */
const longestMs = 5_000
