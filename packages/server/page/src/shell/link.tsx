import type { ComponentProps } from 'react'
import { addressOf, go, type Place } from '../route.ts'

/** A link that changes the page without loading it again. With a key held, the browser opens it elsewhere as usual. */
export function Link({ to, ...rest }: { to: Place } & Omit<ComponentProps<'a'>, 'href' | 'onClick'>) {
  return (
    <a
      {...rest}
      href={addressOf(to)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        go(to)
      }}
    />
  )
}
