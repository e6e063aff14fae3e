plugins {
  id("org.springframework.boot") version "3.2.0"
}

dependencies {
  implementation("org.apache.commons:commons-lang3:3.14.0")
}
