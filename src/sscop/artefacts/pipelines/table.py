"""The tools that are known, kind by kind; `tools` says how a row is read."""

from __future__ import annotations

from sscop.artefacts.pipelines.table_deploys import DEPLOYS
from sscop.artefacts.pipelines.table_installs import INSTALLS
from sscop.artefacts.pipelines.table_releases import RELEASES
from sscop.artefacts.pipelines.table_scans import SCANS
from sscop.artefacts.pipelines.table_updates import UPDATES
from sscop.artefacts.pipelines.tools import Purpose, Tool

# fmt: off
_TEST = (Purpose.TEST,)
_MAVEN = "test|verify|install|package|deploy|integration-test"
_GRADLE = "test|check|build|integrationTest|functionalTest|allTests|jvmTest|testDebugUnitTest|testReleaseUnitTest|connectedCheck|connectedAndroidTest|koverVerify|jacocoTestReport|jacocoTestCoverageVerification"

TESTS: tuple[Tool, ...] = (
    Tool("pytest", _TEST, ("pavelzw/pytest-action",), ("pytest", "py.test", "ward", "green", "hatch test", "spin test")),
    Tool("unittest", _TEST, (), ("unittest", "trial", "nose2", "nosetests", "stestr run", "ostestr", "behave", "zope-testrunner", "robot")),
    Tool("Django's tests", _TEST, (), ("manage.py test", "django-admin test")),
    Tool("doctest", _TEST, (), ("doctest", "xdoctest")),
    Tool("go test", _TEST, (), ("go test", "gotestsum", "ginkgo", "richgo test", "go-acc", "overalls", "courtney")),
    Tool("cargo test", _TEST, (), ("cargo .. test|t", "cargo .. nextest", "cargo .. llvm-cov", "cargo .. tarpaulin", "cargo .. test-all-features", "cargo .. miri", "cargo .. insta", "cross .. test", "wasm-pack test", "cargo-nextest", "cargo-tarpaulin")),
    Tool("Maven's tests", _TEST, (), (f"mvn .. {_MAVEN}", f"mvnw .. {_MAVEN}", f"mvnd .. {_MAVEN}", "mvn $", "mvnw $")),
    Tool("Gradle's tests", _TEST, (), (f"gradle .. {_GRADLE}", f"gradlew .. {_GRADLE}")),
    Tool("sbt test", _TEST, (), ("sbt .. test|+test|it:test|testOnly|test:test|testQuick|validate|testAll|prePR", "mill .. test", "bleep test", "scala-cli test", "ant .. test|check")),
    Tool("dotnet test", _TEST, (), ("dotnet test", "vstest.console", "nunit3-console", "xunit.console", "dotnet vstest", "dotnet-coverage collect")),
    Tool("Jest", _TEST, (), ("jest", "react-scripts test", "ng test", "ng e2e", "vue-cli-service test:unit", "craco test", "umi-test", "stencil test")),
    Tool("Vitest", _TEST, (), ("vitest",)),
    Tool("Mocha", _TEST, (), ("mocha", "karma", "jasmine", "ava", "tap", "tape", "uvu", "qunit", "lab", "borp", "wtr", "web-test-runner", "electron-mocha", "mochawesome", "japa", "alsatian", "tsd", "vscode-test")),
    Tool("node --test", _TEST, (), ("node --test", "tsx --test", "bun test", "deno test")),
    Tool("Playwright", _TEST, (), ("playwright test", "playwright-core test", "playwright-ct test")),
    Tool("Cypress", _TEST, ("cypress-io/github-action", "orb: cypress/run", "orb: cypress/run-tests"), ("cypress run", "cypress-parallel", "start-server-and-test")),
    Tool("browser tests", _TEST, (), ("testcafe", "wdio", "protractor", "nightwatch", "cucumber-js", "codeceptjs", "pa11y", "pa11y-ci", "newman run", "backstop test", "lhci", "test-storybook", "loki test", "chromatic")),
    Tool("JavaScript task runners' tests", _TEST, (), ("nx .. test|e2e", "nx .. -t=test|e2e", "nx .. --target=test|e2e", "nx .. --targets=test", "rush test", "grunt test|ci", "gulp test|ci", "ember test|try|exam", "aegir test", "tsdx test", "wp-scripts test-unit-js|test-e2e|test-playwright", "hardhat test", "truffle test", "forge test", "anchor test")),
    Tool("PHPUnit", _TEST, (), ("phpunit", "pest", "paratest", "codecept run", "behat", "simple-phpunit", "artisan test", "phpspec run", "atoum", "kahlan", "testbench package:test", "phpdbg .. phpunit", "tester", "infection")),
    Tool("Ruby's tests", _TEST, (), ("rspec", "rails test|test:all|test:system|spec|spec:*|cucumber|jasmine:*", "rake .. test|spec|default|ci|cucumber|features|test:*|spec:*", "rake $", "cucumber", "minitest", "parallel_rspec", "parallel_test", "turbo_tests", "brew tests|test|test-bot", "knapsack_pro:*", "spring rspec", "ruby -Itest", "ruby -Ilib:test", "ruby .. test", "appraisal .. rspec|rake")),
    Tool("Swift's tests", _TEST, (), ("swift test", "swift-test", "xcodebuild .. test|test-without-building|build-for-testing", "xctool .. test", "fastlane .. test|tests|scan|unit_tests|run_tests", "tuist test")),
    Tool("Dart's tests", _TEST, (), ("dart test", "flutter test", "dart run test", "dart .. test|coverage:test_with_coverage", "melos .. test", "very_good test", "pub run test", "mono_repo test", "patrol test")),
    Tool("mix test", _TEST, (), ("mix .. test|coveralls|coveralls.*|espec", "rebar3 .. eunit|ct|proper", "gleam test")),
    Tool("C and C++ tests", _TEST, (), ("ctest", "cmake .. --target=test|check|tests", "ninja .. test|check", "meson test", "xmake test", "scons .. test|check", "gtest-parallel", "conan test", "colcon test", "west twister", "twister", "pio test", "platformio test", "avocado run", "runtest")),
    Tool("build systems' tests", _TEST, (), ("bazel .. test|coverage", "bazelisk .. test|coverage", "buck2 test", "pants .. test", "please test", "plz test", "earthly .. +test|+tests|+test-all|+ci", "dagger call test", "nix flake check", "nix .. .#checks.*test*|.#test*|.#unit-test*|.#e2e*|.#integration-test*", "zig build test", "zig test")),
    Tool("tests of other languages", _TEST, (), ("prove", "cabal .. test|v2-test", "stack .. test", "dune .. runtest|test", "opam .. runtest", "lein .. test|midje", "clojure .. -M:test", "clojure -X:test", "clj -M:test", "kaocha", "crystal spec", "nimble test", "testament", "rcmdcheck", "r cmd check", "busted", "raco test", "elm-test", "purs test", "spago test", "v test", "odin test", "haxe test.hxml", "gprbuild test", "fpm test", "julia .. test", "vunit", "cocotb", "matlab .. -batch")),
    Tool("shell and infrastructure tests", _TEST, ("bats-core/bats-action", "helm/chart-testing-action/ct-install"), ("bats", "shunit2", "shellspec", "container-structure-test test", "goss", "dgoss", "terraform test", "tofu test", "terratest", "helm test", "helm unittest", "ct install|lint-and-install", "conftest verify|test", "opa test", "molecule test", "inspec exec", "kitchen test|verify", "chainsaw test", "kuttl test", "kubectl-kuttl test", "promtool test", "pester", "invoke-pester")),
    Tool("load tests", _TEST, ("grafana/k6-action", "grafana/run-k6-action"), ("k6 run", "locust", "artillery run")),
    Tool("Julia's tests", _TEST, ("julia-actions/julia-runtest",), ()),
    Tool("R's check", _TEST, ("r-lib/actions/check-r-package",), ()),
    Tool("MATLAB's tests", _TEST, ("matlab-actions/run-tests",), ()),
    Tool("Rust's action", _TEST, ("actions-rs/cargo",), (), ("command=test|nextest|tarpaulin",)),
    Tool("Unity's tests", _TEST, ("game-ci/unity-test-runner",), ()),
    Tool("WordPress plugin tests", _TEST, ("wordpress/plugin-check-action",), ()),
    Tool("ROS tests", _TEST, ("ros-tooling/action-ros-ci", "ros-industrial/industrial_ci"), ()),
    Tool("C++ action tests", _TEST, ("threeal/ctest-action",), ()),
    Tool("Vim's tests", _TEST, (), ("themis", "vader")),
)

COVERAGE: tuple[Tool, ...] = (
    Tool("Codecov", (Purpose.COVERAGE,), ("codecov/codecov-action", "orb: codecov/upload"), ("codecov",)),
    Tool("Coveralls", (Purpose.COVERAGE,), ("coverallsapp/github-action",), ("coveralls", "goveralls")),
)

TOOLS: tuple[Tool, ...] = (*TESTS, *COVERAGE, *INSTALLS, *SCANS, *RELEASES, *UPDATES, *DEPLOYS)
