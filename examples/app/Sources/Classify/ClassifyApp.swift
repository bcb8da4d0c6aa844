import ClassifyScreen
import SwiftUI

/// The app on a Mac: one window.
@main struct ClassifyApp: App {
  var body: some Scene {
    WindowGroup("Classify") { ClassifyScreen() }
  }
}
