import { type ReactNode, useEffect, useRef, useState } from 'react'
import { strings } from '../strings.ts'
import { Dialog } from './dialog.tsx'

/** What a key does. `keys` is as a person reads it. */
interface Shortcut {
  key: string
  keys: string
  name: string
}

/** Fired on the document. Whoever can do it listens with `useShortcut`. */
export type ShortcutName = keyof typeof strings.shortcuts.names

const shortcuts: readonly (Shortcut & { name: ShortcutName })[] = [
  { key: 'j', keys: 'J', name: 'next' },
  { key: 'k', keys: 'K', name: 'previous' },
  { key: '/', keys: '/', name: 'search' },
  { key: 'r', keys: 'R', name: 'reply' },
  { key: 'n', keys: 'N', name: 'note' },
  { key: 't', keys: 'T', name: 'takeOver' },
  { key: 'e', keys: 'E', name: 'close' },
  { key: 'a', keys: 'A', name: 'assignToMe' },
  { key: 'u', keys: 'U', name: 'markRead' },
  { key: 'i', keys: 'I', name: 'details' },
  { key: '?', keys: '?', name: 'help' },
]

/** Those that only work in the field where a reply is written. */
const inComposer = [
  { keys: '⌘/Ctrl ↵', name: strings.shortcuts.send },
  { keys: 'Esc', name: strings.shortcuts.leave },
]

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName))

/** Listens for a shortcut while a part of the page is shown. */
export function useShortcut(name: ShortcutName, act: () => void, isActive = true): void {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    if (!isActive) return
    const listener = () => latest.current()
    document.addEventListener(`shortcut:${name}`, listener)
    return () => document.removeEventListener(`shortcut:${name}`, listener)
  }, [name, isActive])
}

/** Turns keys into shortcuts, and has the sheet that explains them. */
export function useShortcuts(): { open: () => void; sheet: ReactNode } {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      const found = shortcuts.find(({ key }) => key === event.key)
      if (!found) return
      event.preventDefault()
      document.dispatchEvent(new Event(`shortcut:${found.name}`))
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
  useShortcut('help', () => setOpen(true))
  const sheet = isOpen && (
    <Dialog title={strings.nav.shortcuts} onClose={() => setOpen(false)}>
      <dl className="shortcuts">
        {[...shortcuts.map(({ keys, name }) => ({ keys, name: strings.shortcuts.names[name] })), ...inComposer].map(
          ({ keys, name }) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{name}</dd>
            </div>
          ),
        )}
      </dl>
    </Dialog>
  )
  return { open: () => setOpen(true), sheet }
}
