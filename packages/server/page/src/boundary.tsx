import { Component, type ReactNode } from 'react'
import { strings } from './strings.ts'

/** Shows that something went wrong in a part of the page. React has this for classes only. */
export class Boundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <div className="notice notice-page" role="alert">
        <p>{strings.states.unexpected}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {strings.states.reload}
        </button>
      </div>
    )
  }
}
