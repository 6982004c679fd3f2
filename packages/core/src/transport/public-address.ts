import { systemClock, within } from './clock.ts'

/** Finds the IP addresses of a host name. An empty list or an error: the addresses are not known. */
export type Lookup = (hostname: string) => Promise<readonly string[]>

const notPublic = 'must be an HTTPS URL on a public host'
const leadsInside = 'must be a URL on a public host; this host name resolves to a private address'

/**
 * Why a URL from outside must not be called, registered or downloaded from. `undefined`: the URL is allowed.
 *
 * The URL must have HTTPS, a public host, and no credentials. The host of `baseUrl` is trusted, because the user chose it:
 * HTTPS and the scheme of `baseUrl` are allowed there, on every port.
 *
 * The platform's URL parser normalizes every spelling of a host first (decimal, octal and hexadecimal IPv4, other
 * alphabets, percent signs). The addresses are those at the time of the check. A name server that answers differently a
 * moment later (DNS rebinding) is not detected, because `fetch` cannot be given an address for a name.
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
  // An answer that is not a plain address, such as one in brackets, counts as private.
  const inside = found?.some((ip) => !ipaddr.isValid(ip) || !isPublicIp(unwrapped(ipaddr, ipaddr.parse(ip))))
  return inside ? leadsInside : undefined
}

/** Whether `addressProblem` finds no problem. */
export const isPublicAddress = async (url: string, baseUrl: string, lookup?: Lookup): Promise<boolean> =>
  (await addressProblem(url, baseUrl, lookup)) === undefined

/** A host without the brackets of IPv6, and without the final dot of an absolute name. */
const plain = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.+$/, '')

/** Endings of names that exist only on a machine or its network: RFC 6761, 6762, 8375, and ICANN's `.internal`. */
const innerName = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa)$/

type IpAddr = typeof import('ipaddr.js')
type Ip = ReturnType<IpAddr['parse']>

const isIpv6 = (ip: Ip): ip is InstanceType<IpAddr['IPv6']> => ip.kind() === 'ipv6'

/** The metadata service of Azure, which has an address that looks public. */
const metadata = '168.63.129.16'

/** The library also counts some addresses outside 2000::/3 as unicast, such as `::7f00:1`. None of them is public. */
function isPublicIp(ip: Ip): boolean {
  if (ip.range() !== 'unicast') return false
  return isIpv6(ip) ? ((ip.parts[0] ?? 0) & 0xe000) === 0x2000 : ip.toString() !== metadata
}

/**
 * The IPv4 address inside an IPv6 address of a name server's answer. In a network with IPv6 only (NAT64, 64:ff9b::/96), the
 * name server answers every name that has only IPv4 in this way. In a URL, such an address is not unwrapped.
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
 * The machine's own name service, in Node.js and runtimes with its modules. Other runtimes (edge functions, browsers) have
 * none, so only the name itself is checked. The module is not imported, because bundlers for those runtimes would fail.
 */
export const systemLookup: Lookup = async (hostname) => {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } }
  const dns = process?.getBuiltinModule?.('node:dns') as Dns | undefined
  if (!dns) return []
  const found = dns.promises.lookup(hostname, { all: true })
  const late = () => new Error('no response in time')
  return (await within(found, { clock: systemClock, milliseconds: longestMs, late })).map(({ address }) => address)
}

/** A slower name service is not waited for. The request then asks it again, within its own deadline. */
const longestMs = 5_000
