"""Tools that scan, analyse and attack: what finds vulnerabilities and secrets. `tools` says how a row is read.

A row stands here only where running the tool is that purpose: installing one is not, nor is uploading a result that
another one found (`github/codeql-action/upload-sarif`), nor preparing one (`github/codeql-action/init`).
"""

from __future__ import annotations

from sscop.artefacts.pipelines.tools import Purpose, Tool

# fmt: off
_STATIC = (Purpose.STATIC_ANALYSIS,)
_LINT = (Purpose.LINT,)
_CONFIG = (Purpose.CONFIGURATION_SCAN,)
_FUZZ = (Purpose.FUZZING,)
_DYNAMIC = (Purpose.DYNAMIC_ANALYSIS,)
_SECRETS = (Purpose.SECRET_SCAN,)
_PARTS = (Purpose.COMPOSITION_SCAN,)
_LICENCES = (Purpose.LICENCE_SCAN,)
_BOMS = "cyclonedx|spdx|spdx-json|github"
_TREES = "fs|filesystem|repo|repository|rootfs"
_SNYK = tuple(f"snyk/actions/{name}" for name in ("node", "python", "maven", "golang", "docker", "dotnet", "gradle", "php", "ruby", "scala", "cocoapods", "swift", "elixir", "python-3.10", "python-3.11", "python-3.12", "maven-3-jdk-21", "gradle-jdk21", "gradle-jdk17"))
_MVN, _GRADLE = ("mvn", "mvnw", "mvnd"), ("gradle", "gradlew")


def _maven(*goals: str) -> tuple[str, ...]:
    return tuple(f"{program} .. {goal}" for program in _MVN for goal in goals)


def _gradle(*tasks: str) -> tuple[str, ...]:
    return tuple(f"{program} .. {task}|*:{task}" for program in _GRADLE for task in tasks)


STATIC: tuple[Tool, ...] = (
    Tool("CodeQL", _STATIC, ("github/codeql-action/analyze", "task: advancedsecurity-codeql-analyze*", "advanced-security/codeql-action/analyze"), ("codeql database analyze",)),
    Tool("Semgrep", _STATIC, ("semgrep/semgrep-action", "returntocorp/semgrep-action", "semgrep/semgrep", "returntocorp/semgrep"), ("semgrep ci|scan", "semgrep --config|-c|-f|--error", "opengrep ci|scan", "opengrep --config|-c|-f"), (), ("semgrep", "semgrep-ci", "semgrep-docker", "opengrep")),
    Tool("SonarQube", _STATIC, ("sonarsource/sonarqube-scan-action", "sonarsource/sonarcloud-github-action", "sonarsource/sonarqube-github-action", "task: sonarqubeanalyze*", "task: sonarcloudanalyze*", "orb: sonarcloud/scan", "orb: sonarqube/scan", "highbyte/sonarscan-dotnet"), ("sonar-scanner", "sonar-scanner-cli", "sonarqube-scanner", "pysonar", "pysonar-scanner", "dotnet-sonarscanner end", "dotnet sonarscanner end", "sonarscanner end", *_maven("sonar:sonar", "*sonar-maven-plugin*", "org.sonarsource.*"), *_gradle("sonar", "sonarqube"))),
    Tool("Bandit", _STATIC, ("pycqa/bandit-action*", "mdegis/bandit-action", "tj-actions/bandit", "jpetrucciani/bandit-check", "gaurav-nelson/bandit-action", "ioggstream/bandit-report-artifacts"), ("bandit", "bandit-baseline"), (), ("bandit", "python-bandit-vulnerability-check")),
    Tool("gosec", _STATIC, ("securego/gosec", "securego/gosec-action"), ("gosec",), (), ("gosec", "go-sec-mod", "go-sec-pkg", "go-sec-repo-mod", "golangci-gosec")),
    Tool("Brakeman", _STATIC, ("reviewdog/action-brakeman", "artplan1/brakeman-action", "devmasx/brakeman-linter-action"), ("brakeman", "rails brakeman", "rake .. brakeman|brakeman:*"), (), ("brakeman",)),
    Tool("SpotBugs", _STATIC, ("jwgmeligmeyling/spotbugs-github-action", "abirismyname/spotbugs-github-action"), ("spotbugs", "findsecbugs.sh", *_maven("spotbugs:check", "spotbugs:spotbugs", "*spotbugs-maven-plugin*", "findbugs:check"), *_gradle("spotbugsMain", "spotbugs", "spotbugsRelease", "spotbugsDebug", "findbugsMain"))),
    Tool("Psalm's taint analysis", _STATIC, ("psalm/psalm-github-security-scan",), ("psalm .. --taint-analysis", "psalm .. --security-analysis", "progpilot", "phpcs .. --standard=Security|phpcs-security-audit")),
    Tool("ESLint's security plugin", _STATIC, (), ("eslint .. --plugin=security", "eslint-plugin-security")),
    Tool("njsscan", _STATIC, ("ajinabraham/njsscan-action",), ("njsscan", "nodejsscan"), (), ("njsscan",)),
    Tool("MobSF", _STATIC, ("mobsf/mobsfscan", "fundacaocerti/mobsf-action"), ("mobsfscan",), (), ("mobsfscan",)),
    Tool("DevSkim", _STATIC, ("microsoft/devskim-action",), ("devskim analyze",)),
    Tool("Security Code Scan", _STATIC, ("security-code-scan/security-code-scan-results-action",), ("security-scan",)),
    Tool("clang-tidy", _STATIC, ("zedthree/clang-tidy-review", "cpp-linter/cpp-linter-action", "smay1613/cpp_lint_action"), ("clang-tidy", "run-clang-tidy", "run-clang-tidy.py", "clang-tidy-diff.py", "clang-tidy-cache"), (), ("clang-tidy",)),
    Tool("Cppcheck", _STATIC, ("deep5050/cppcheck-action", "chmorgan/cppcheck-action"), ("cppcheck", "flawfinder", "rats"), (), ("cppcheck", "flawfinder")),
    Tool("Flawfinder", _STATIC, ("david-a-wheeler/flawfinder",)),
    Tool("Clang's static analyser", _STATIC, (), ("scan-build", "scan-build-py", "analyze-build", "clang --analyze", "clang++ --analyze", "codechecker check|analyze", "gcc -fanalyzer", "make .. scan-build|clang-analyzer", "meson .. scan-build", "ninja .. scan-build", "smatch", "sparse", "xcodebuild .. analyze")),
    Tool("Coverity", _STATIC, ("vapier/coverity-scan-action", "synopsys-sig/coverity-report-output-v7-json", "blackduck-inc/black-duck-security-scan", "synopsys-sig/synopsys-action"), ("cov-build", "cov-analyze", "coverity")),
    Tool("Infer", _STATIC, (), ("infer run|capture|analyze",)),
    Tool("PVS-Studio", _STATIC, (), ("pvs-studio-analyzer analyze", "pvs-studio-dotnet")),
    Tool("Polyspace or Parasoft", _STATIC, ("parasoft/run-cpptest-action", "parasoft/run-jtest-action", "parasoft/run-dottest-action"), ("polyspace-bug-finder-server", "polyspace-bug-finder", "cpptestcli", "jtestcli")),
    Tool("Checkmarx", _STATIC, ("checkmarx/ast-github-action", "checkmarx-ts/checkmarx-cxflow-github-action", "task: checkmarx*"), ("cx scan", "ast-cli scan")),
    Tool("Veracode", _STATIC, ("veracode/veracode-pipeline-scan-action", "veracode/veracode-uploadandscan-action", "veracode/github-actions-integration*", "task: veracode*"), ("veracode static scan",)),
    Tool("Fortify", _STATIC, ("fortify/github-action*", "fortify/gha-setup-fod-uploader", "task: fortify*"), ("fcli sast-scan|sc-sast|fod", "scancentral start", "sourceanalyzer")),
    Tool("Snyk Code", _STATIC, (), ("snyk code",)),
    Tool("Snyk Code", _STATIC, (*_SNYK, "task: snyksecurityscan*"), (), ("command=code*",)),
    Tool("Bearer", _STATIC, ("bearer/bearer-action",), ("bearer scan",)),
    Tool("Horusec", _STATIC, ("fike/horusec-action",), ("horusec start",)),
    Tool("Fluid Attacks' analysis", _STATIC, ("fluidattacks/sast-action",), ("sast scan",)),
    Tool("Qodana", _STATIC, ("jetbrains/qodana-action",), ("qodana scan",)),
    Tool("Codacy", _STATIC, ("codacy/codacy-analysis-cli-action",), ("codacy-analysis-cli analyze",)),
    Tool("DeepSource or CodeClimate", _STATIC, (), ("codeclimate analyze",)),
    Tool("Microsoft Security DevOps", (Purpose.STATIC_ANALYSIS, Purpose.CONFIGURATION_SCAN, Purpose.COMPOSITION_SCAN), ("microsoft/security-devops-action", "task: microsoftsecuritydevops*")),
    Tool("Microsoft's SDL tasks", _STATIC, ("task: policheck*", "task: binskim*", "task: sdtreport*", "task: roslynanalyzers*", "task: prefast*", "task: tslint*", "task: antimalware*")),
    Tool("Contrast or HCL AppScan", _STATIC, ("contrast-security-oss/contrast-scan-action", "hcl-tech-software/appscan-sast-action", "hcl-tech-software/appscan-codesweep-action"), ("appscan queue_analysis", "appscan.sh queue_analysis")),
    Tool("Sobelow", _STATIC, ("sobelow/action",), ("mix .. sobelow", "sobelow")),
    Tool("Slither", _STATIC, ("crytic/slither-action",), ("slither", "mythril", "myth analyze", "aderyn"), (), ("slither",)),
    Tool("Rust's unsafe-code checks", _STATIC, (), ("cargo .. rudra|mirai|careful|geiger|prusti",)),
    Tool("GitLab SAST", _STATIC, ("template: security/sast.gitlab-ci.yml", "template: jobs/sast.gitlab-ci.yml", "template: sast.gitlab-ci.yml", "template: security/sast.latest.gitlab-ci.yml", "template: jobs/sast.latest.gitlab-ci.yml", "template: */components/sast/*")),
)

LINTERS: tuple[Tool, ...] = (
    Tool("Ruff", _LINT, ("astral-sh/ruff-action", "chartboost/ruff-action"), ("ruff check", "ruff !format !check !clean !rule !server"), (), ("ruff", "ruff-check")),
    Tool("Flake8", _LINT, ("py-actions/flake8",), ("flake8",), (), ("flake8",)),
    Tool("Pylint", _LINT, (), ("pylint", "pyright", "basedpyright", "mypy", "ty check", "pyre check"), (), ("pylint", "mypy", "pyright")),
    Tool("golangci-lint", _LINT, ("golangci/golangci-lint-action", "reviewdog/action-golangci-lint"), ("golangci-lint",), (), ("golangci-lint", "golangci-lint-full")),
    Tool("go vet", _LINT, ("dominikh/staticcheck-action",), ("staticcheck", "go vet", "revive"), (), ("go-vet", "go-staticcheck")),
    Tool("ESLint", _LINT, ("reviewdog/action-eslint",), ("eslint", "next lint", "ng lint", "vue-cli-service lint"), (), ("eslint",)),
    Tool("other JavaScript linters", _LINT, ("biomejs/setup-biome",), ("standard", "xo", "oxlint", "biome check|ci|lint", "tsc", "semistandard"), (), ("biome-check",)),
    Tool("RuboCop", _LINT, ("reviewdog/action-rubocop",), ("rubocop", "standardrb", "reek"), (), ("rubocop",)),
    Tool("PHP linters", _LINT, (), ("phpcs", "phpstan", "psalm", "php-cs-fixer", "pint", "larastan", "rector")),
    Tool("Clippy", _LINT, ("giraffate/clippy-action", "clechasseur/rs-clippy-check"), ("cargo .. clippy", "cargo .. check"), (), ("clippy", "cargo-check")),
    Tool("JVM linters", _LINT, (), (*_maven("checkstyle:*", "pmd:*", "*spotless*"), *_gradle("checkstyleMain", "pmdMain", "detekt", "ktlintCheck", "lint", "spotlessCheck"), "ktlint", "detekt", "pmd check", "scalafix", "scalafmt")),
    Tool("Credo", _LINT, (), ("mix .. credo|dialyzer", "dialyzer")),
    Tool("SwiftLint", _LINT, ("norio-nomura/action-swiftlint",), ("swiftlint",), (), ("swiftlint",)),
    Tool("Dart's analyser", _LINT, (), ("dart analyze", "flutter analyze")),
    Tool("ShellCheck", _LINT, ("ludeeus/action-shellcheck", "reviewdog/action-shellcheck"), ("shellcheck",), (), ("shellcheck",)),
    Tool("linter bundles", _LINT, ("super-linter/super-linter*", "github/super-linter*", "oxsecurity/megalinter*", "megalinter/megalinter*", "trunk-io/trunk-action"), ("trunk check", "mega-linter-runner")),
)

CONFIGURATION: tuple[Tool, ...] = (
    Tool("Checkov", _CONFIG, ("bridgecrewio/checkov-action",), ("checkov",), (), ("checkov", "checkov_container", "checkov_diff", "terraform_checkov")),
    Tool("tfsec", _CONFIG, ("aquasecurity/tfsec-action", "aquasecurity/tfsec-pr-commenter-action", "aquasecurity/tfsec-sarif-action", "tfsec/tfsec-sarif-action"), ("tfsec",), (), ("terraform_tfsec", "tfsec")),
    Tool("Trivy's configuration scan", _CONFIG, ("aquasecurity/trivy-action",), ("trivy config|conf", f"trivy {_TREES} --scanners|--security-checks=*config*"), ("scan-type=config",), ("terraform_trivy",)),
    Tool("KICS", _CONFIG, ("checkmarx/kics-github-action",), ("kics scan",), (), ("kics-scan",)),
    Tool("Terrascan", _CONFIG, ("tenable/terrascan-action", "accurics/terrascan-action"), ("terrascan scan",), (), ("terraform_terrascan", "terrascan")),
    Tool("Hadolint", _CONFIG, ("hadolint/hadolint-action", "jbergstroem/hadolint-gh-action"), ("hadolint",), (), ("hadolint", "hadolint-docker")),
    Tool("zizmor", _CONFIG, ("zizmorcore/zizmor-action", "woodruffw/zizmor-action"), ("zizmor",), (), ("zizmor",)),
    Tool("actionlint", _CONFIG, ("rhysd/actionlint", "raven-actions/actionlint", "reviewdog/action-actionlint"), ("actionlint",), (), ("actionlint", "actionlint-docker", "actionlint-system")),
    Tool("poutine", _CONFIG, ("boostsecurityio/poutine-action",), ("poutine analyze_repo|analyze_local",)),
    Tool("Kubernetes scanners", _CONFIG, ("azure/k8s-lint", "stackrox/kube-linter-action", "kubescape/github-action"), ("kube-linter lint", "kubescape scan", "kube-score score", "polaris audit", "kubesec scan", "datree test", "kyverno test"), (), ("kube-linter",)),
    Tool("cfn-nag", _CONFIG, ("stelligent/cfn_nag",), ("cfn_nag_scan", "cfn_nag", "cfn-guard validate", "cdk-nag"), (), ("cfn-nag",)),
    Tool("Snyk's infrastructure scan", _CONFIG, ("snyk/actions/iac",), ("snyk iac",)),
    Tool("Dockle", _CONFIG, ("goodwithtech/dockle-action", "erzz/dockle-action"), ("dockle",)),
    Tool("tflint", _LINT, ("terraform-linters/setup-tflint-action",), ("tflint",), (), ("terraform_tflint",)),
    Tool("GitLab's infrastructure scan", _CONFIG, ("template: security/sast-iac*", "template: jobs/sast-iac*", "template: */components/sast-iac/*")),
)

FUZZING: tuple[Tool, ...] = (
    Tool("CIFuzz", _FUZZ, ("google/oss-fuzz/infra/cifuzz/actions/run_fuzzers",)),
    Tool("ClusterFuzzLite", _FUZZ, ("google/clusterfuzzlite/actions/run_fuzzers",)),
    Tool("go test -fuzz", _FUZZ, ("jidicula/go-fuzz-action",), ("go test .. -fuzz", "go-fuzz", "go-fuzz-build", "go-fuzz-corpus")),
    Tool("cargo fuzz", _FUZZ, (), ("cargo .. fuzz run", "cargo .. fuzz build", "cargo-fuzz run", "cargo .. afl", "cargo .. hfuzz", "cargo .. bolero", "cargo .. libafl")),
    Tool("AFL", _FUZZ, (), ("afl-fuzz", "py-afl-fuzz", "honggfuzz", "radamsa", "libfuzzer")),
    Tool("Jazzer", _FUZZ, (), ("jazzer", "jazzer.js", "cifuzz run|remote-run|execute", "jest --fuzz")),
    Tool("Atheris", _FUZZ, (), ("atheris",)),
    Tool("API fuzzers", _FUZZ, ("schemathesis/action", "endava/cats-action", "microsoft/restler-fuzzer*"), ("schemathesis run", "st run", "restler", "evomaster", "tcases")),
    Tool("Mayhem", _FUZZ, ("forallsecure/mcode-action", "forallsecure/mapi-action"), ("mayhem run", "mapi run")),
    Tool("fuzz targets", _FUZZ, (), ("make .. fuzz|fuzz-test|fuzz_test|fuzzing|fuzz-*|check-fuzz", "bazel .. *fuzz*", "ctest .. -R=fuzz|*fuzz*", "test-fuzz", "fuzz.py", "fuzz.sh", "helper.py run_fuzzer", "echidna", "echidna-test", "medusa fuzz", "cargo .. test-fuzz", "zzuf", "boofuzz")),
    Tool("GitLab fuzzing", _FUZZ, ("template: api-fuzzing.gitlab-ci.yml", "template: coverage-fuzzing.gitlab-ci.yml", "template: security/api-fuzzing*", "template: security/coverage-fuzzing*", "template: */components/api-fuzzing/*")),
)

DYNAMIC: tuple[Tool, ...] = (
    Tool("ZAP", _DYNAMIC, ("zaproxy/action-baseline", "zaproxy/action-full-scan", "zaproxy/action-api-scan", "zaproxy/action-af"), ("zap-baseline.py", "zap-full-scan.py", "zap-api-scan.py", "zap-cli quick-scan|active-scan|spider", "zap.sh -cmd", "zap-baseline", "zap-full-scan")),
    Tool("Nuclei", _DYNAMIC, ("projectdiscovery/nuclei-action",), ("nuclei",)),
    Tool("Burp", _DYNAMIC, ("portswigger-cloud/dastardly-github-action", "portswigger/dastardly-github-action"), ("dastardly", "burp-scanner")),
    Tool("StackHawk", _DYNAMIC, ("stackhawk/hawkscan-action",), ("hawk scan",)),
    Tool("web scanners", _DYNAMIC, ("bright-security/run-scan", "neuralegion/run-scan", "probely/github-action"), ("nikto", "wapiti", "arachni", "w3af", "sqlmap", "testssl.sh", "testssl", "sslyze", "wpscan", "bright-cli scan:run")),
    Tool("go test -race", _DYNAMIC, (), ("go test .. -race", "gotestsum .. -race", "ginkgo .. -race|--race")),
    Tool("Valgrind", _DYNAMIC, (), ("valgrind", "ctest .. -T=memcheck|MemCheck", "ctest -T memcheck", "make .. valgrind|check-valgrind|memcheck", "meson test --wrap=valgrind", "drmemory")),
    Tool("Miri", _DYNAMIC, (), ("cargo .. miri", "cargo-miri")),
    Tool("sanitizers", _DYNAMIC, (), ("make .. asan|ubsan|tsan|msan|sanitize|sanitizers|check-asan|test-asan|*_asan|*-asan", "meson setup -Db_sanitize", "meson .. -Db_sanitize", "cmake .. -DENABLE_ASAN|-DSANITIZE|-DENABLE_SANITIZERS|-DENABLE_SANITIZER|-DUSE_SANITIZER|-DENABLE_UBSAN", "swift test --sanitize", "bazel .. --config=asan|ubsan|tsan|msan", "zig build -fsanitize*")),
    Tool("GitLab DAST", _DYNAMIC, ("template: security/dast*", "template: dast*", "template: jobs/dast*", "template: */components/dast/*")),
)

SECRETS: tuple[Tool, ...] = (
    Tool("Gitleaks", _SECRETS, ("gitleaks/gitleaks-action", "zricethezav/gitleaks-action", "docmarionum1/gitleaks-action", "gacts/gitleaks", "deepakkumarnd/gitleaks"), ("gitleaks", "betterleaks"), (), ("gitleaks", "gitleaks-docker", "gitleaks-system")),
    Tool("TruffleHog", _SECRETS, ("trufflesecurity/trufflehog", "max/secret-scan"), ("trufflehog", "trufflehog3"), (), ("trufflehog", "trufflehog3")),
    Tool("detect-secrets", _SECRETS, ("reviewdog/action-detect-secrets", "secret-scanner/action"), ("detect-secrets scan", "detect-secrets-hook", "detect-secrets audit"), (), ("detect-secrets", "detect-secrets-hook")),
    Tool("pre-commit's own secret hooks", _SECRETS, (), (), (), ("detect-private-key", "detect-aws-credentials")),
    Tool("GitGuardian", _SECRETS, ("gitguardian/ggshield-action", "gitguardian/ggshield/actions/secret", "gitguardian/gg-shield-action"), ("ggshield secret", "ggshield scan"), (), ("ggshield", "ggshield-push")),
    Tool("git-secrets", _SECRETS, ("reviewdog/action-git-secrets",), ("git-secrets --scan|--scan-history", "git secrets --scan|--scan-history"), (), ("git-secrets", "git-secrets-scan")),
    Tool("Trivy's secret scan", _SECRETS, ("aquasecurity/trivy-action",), (f"trivy {_TREES}|image|i --scanners|--security-checks=*secret*", f"trivy {_TREES}|image|i !--scanners !--security-checks !--format|-f={_BOMS}"), ("scan-type=|image|fs|filesystem|repo|repository|rootfs", "!scanners", f"!format={_BOMS}")),
    Tool("Trivy's secret scan", _SECRETS, ("aquasecurity/trivy-action",), (), ("scanners=*secret*",)),
    Tool("Nosey Parker", _SECRETS, (), ("noseyparker scan", "kingfisher scan", "kingfisher", "titus scan"), (), ("kingfisher", "kingfisher-docker", "kingfisher-pre-commit")),
    Tool("Secretlint", _SECRETS, ("secretlint/secretlint-action",), ("secretlint",), (), ("secretlint",)),
    Tool("Talisman", _SECRETS, ("carhartl/talisman-secrets-scan-action",), ("talisman",), (), ("talisman-commit", "talisman-push")),
    Tool("Whispers and others", _SECRETS, (), ("whispers", "shhgit", "rusty-hog", "secretscanner", "ripsecrets", "2ms", "leaktk scan", "credential-digger"), (), ("ripsecrets", "whispers")),
    Tool("Microsoft's credential scan", _SECRETS, ("task: credscan*", "task: credentialscanner*")),
    Tool("GitLab secret detection", _SECRETS, ("template: security/secret-detection*", "template: jobs/secret-detection*", "template: secret-detection*", "template: */components/secret-detection/*")),
)

COMPOSITION: tuple[Tool, ...] = (
    Tool("dependency review", _PARTS, ("actions/dependency-review-action",)),
    Tool("OSV-Scanner", _PARTS, ("google/osv-scanner-action*", "google/osv-scanner/.github/workflows*", "google/osv-scanner/actions*"), ("osv-scanner", "osv-reporter"), (), ("osv-scanner",)),
    Tool("Snyk", _PARTS, (*_SNYK, "task: snyksecurityscan*"), (), ("command=|test*|container*",)),
    Tool("Snyk", _PARTS, ("orb: snyk/scan", "orb: snyk/test"), ("snyk test", "snyk container test", "snyk-delta")),
    Tool("Snyk's monitoring", _PARTS, _SNYK, ("snyk monitor", "snyk container monitor"), ("command=monitor",)),
    Tool("Trivy", _PARTS, ("aquasecurity/trivy-action",), (f"trivy {_TREES}|image|i|sbom|vm|kubernetes|k8s --scanners|--security-checks=*vuln*", f"trivy {_TREES}|image|i|sbom|vm|kubernetes|k8s !--scanners !--security-checks !--format|-f={_BOMS}"), ("scan-type=|image|fs|filesystem|repo|repository|rootfs|sbom|vm", "!scanners", f"!format={_BOMS}"), ("trivy-fs-vuln", "trivyfs-docker")),
    Tool("Trivy", _PARTS, ("aquasecurity/trivy-action",), (), ("scanners=*vuln*",)),
    Tool("Trivy", _PARTS, ("lazy-actions/gitrivy", "homoluctus/gitrivy", "knqyf263/trivy-issue-action", "crazy-max/ghaction-container-scan", "azure/container-scan")),
    Tool("Grype", _PARTS, ("anchore/scan-action*",), ("grype", "anchore-cli image")),
    Tool("pip-audit", _PARTS, ("pypa/gh-action-pip-audit",), ("pip-audit", "pip_audit", "uv audit", "uv-secure", "pdm audit", "poetry audit"), (), ("pip-audit", "uv-secure")),
    Tool("Safety", _PARTS, ("pyupio/safety-action",), ("safety check|scan", "pipenv check|audit|scan"), (), ("python-safety-dependencies-check", "safety-dependencies-check")),
    Tool("npm audit", _PARTS, ("oke-py/npm-audit-action",), ("npm audit !signatures !fix", "yarn audit", "pnpm .. audit", "bun audit", "deno audit", "audit-ci", "better-npm-audit audit", "improved-yarn-audit", "npm-audit-resolver", "auditjs ossi", "audit-resolve", "yarn-audit-known-issues", "rush audit")),
    Tool("Retire.js", _PARTS, (), ("retire",)),
    Tool("cargo audit", _PARTS, ("rustsec/audit-check", "actions-rust-lang/audit", "actions-rs/audit-check"), ("cargo .. audit", "cargo-audit audit", "cargo-audit", "cargo .. vet"), (), ("cargo-audit",)),
    Tool("cargo deny", (Purpose.COMPOSITION_SCAN, Purpose.LICENCE_SCAN), ("embarkstudios/cargo-deny-action",), ("cargo .. deny", "cargo-deny"), (), ("cargo-deny",)),
    Tool("govulncheck", _PARTS, ("golang/govulncheck-action", "elastic/go-vulncheck-action"), ("govulncheck",), (), ("govulncheck",)),
    Tool("Nancy", _PARTS, ("sonatype-nexus-community/nancy-github-action",), ("nancy sleuth", "nancy"), (), ("nancy",)),
    Tool("OWASP Dependency-Check", _PARTS, ("dependency-check/dependency-check_action", "task: dependency-check-build-task*"), ("dependency-check", "dependency-check.sh", *_maven("dependency-check:*", "*dependency-check-maven*"), *_gradle("dependencyCheckAnalyze", "dependencyCheckAggregate", "dependencyCheck"), "sbt .. dependencyCheck|dependencyCheckAggregate")),
    Tool("bundler-audit", _PARTS, ("andrewmcodes/bundler-audit-action", "thoughtbot/bundler-audit-action"), ("bundle audit", "bundle-audit", "bundler-audit", "ruby-audit", "rake .. bundle:audit|bundler:audit|audit", "rails bundle:audit"), (), ("bundler-audit",)),
    Tool("importmap audit", _PARTS, (), ("importmap audit", "rails importmap:audit")),
    Tool("composer audit", _PARTS, ("symfonycorp/security-checker-action",), ("composer audit", "local-php-security-checker", "security-checker security:check", "symfony check:security|security:check", "enlightn security-checker")),
    Tool("dotnet list --vulnerable", _PARTS, (), ("dotnet list .. --vulnerable", "dotnet package list --vulnerable", "dotnet-retire")),
    Tool("mix audits", _PARTS, (), ("mix .. deps.audit|hex.audit",)),
    Tool("OSS Index", _PARTS, (), (*_maven("ossindex:audit", "*ossindex-maven-plugin*"), *_gradle("ossIndexAudit"), "jake ddt|iq|sbom")),
    Tool("Swift and Dart audits", _PARTS, (), ("dart pub outdated --vulnerabilities", "pana")),
    Tool("Mend", _PARTS, ("mend/mend-cli-action", "task: whitesource*", "task: mend*", "orb: whitesource/scan"), ("mend dep|sca|image", "whitesource", "ws_scan", "wss-unified-agent.jar")),
    Tool("Black Duck", _PARTS, ("blackducksoftware/github-action", "synopsys-sig/detect-action", "task: synopsysdetecttask*", "task: blackduck*"), ("detect.sh", "synopsys-detect", "detect9.sh", "detect8.sh")),
    Tool("FOSSA", (Purpose.COMPOSITION_SCAN, Purpose.LICENCE_SCAN), ("fossas/fossa-action", "fossa-contrib/fossa-action"), ("fossa test", "fossa analyze")),
    Tool("Socket", _PARTS, ("socketdev/action",), ("socket ci|scan|fix", "socketcli", "socketsecurity")),
    Tool("JFrog Xray", _PARTS, ("jfrog/frogbot",), ("jf audit|scan|docker", "jfrog xr", "frogbot")),
    Tool("Sonatype", _PARTS, ("sonatype/actions*", "sonatype-nexus-community/iq-github-action"), ("nexus-iq-cli", *_maven("*clm-maven-plugin*"))),
    Tool("Veracode SCA", _PARTS, ("veracode/veracode-sca",), ("srcclr scan",)),
    Tool("Docker Scout", _PARTS, ("docker/scout-action",), ("docker scout", "docker-scout cves")),
    Tool("image scanners", _PARTS, ("sysdiglabs/scan-action", "sysdiglabs/scan-inline", "prismacloud/prisma-cloud-scan", "paloaltonetworks/prisma-cloud-scan", "lacework/lw-scanner-action", "aws-actions/vulnerability-scan-github-action-for-amazon-inspector"), ("clair-scanner", "clairctl report", "twistcli images", "wizcli docker|dir", "lw-scanner image", "sysdig-cli-scanner", "cve-bin-tool", "depscan", "owasp-dep-scan", "bomber scan", "inspector-sbomgen")),
    Tool("Dependency-Track", _PARTS, ("dependencytrack/gh-upload-sbom",), ("dtrack-cli", "dtrack-audit")),
    Tool("Azure's dependency scans", _PARTS, ("task: advancedsecurity-dependency-scanning*", "task: componentgovernancecomponentdetection*", "advanced-security/component-detection-dependency-submission-action")),
    Tool("GitLab dependency scanning", _PARTS, ("template: security/dependency-scanning*", "template: jobs/dependency-scanning*", "template: dependency-scanning*", "template: security/container-scanning*", "template: jobs/container-scanning*", "template: container-scanning*", "template: */components/dependency-scanning/*", "template: */components/container-scanning/*")),
    Tool("Meterian or Debricked", _PARTS, ("meterianhq/meterian-github-action", "debricked/actions*"), ("debricked scan",)),
    Tool("Fluid Attacks", _PARTS, ("fluidattacks/sca-action",), ("sca scan",)),
    Tool("Aikido", _PARTS, ("aikidosec/github-actions-workflow",), (), ("!fail-on-dependency-scan=false",)),
    Tool("Endor Labs", _PARTS, ("endorlabs/github-action", "endorlabs/github-action/scan"), ("endorctl scan",), ("!scan_dependencies=false",)),
    Tool("CVE Binary Tool", _PARTS, ("intel/cve-bin-tool-action",)),
    Tool("Clojure's and Perl's audits", _PARTS, (), ("clj-watson scan", "nvd-clojure", "lein nvd", "lein .. nvd", "cpan-audit", "clojure -Tnvd", "clj-watson")),
    Tool("other package managers' audits", _PARTS, (), ("cabal-audit", "conan audit", "conan .. audit")),
)

LICENCES: tuple[Tool, ...] = (
    Tool("licence checkers", _LICENCES, ("apache/skywalking-eyes*", "fsfe/reuse-action", "aboutcode-org/scancode-action", "pilosus/action-pip-license-checker", "carabiner-dev/actions/ampel*"), ("licensee detect", "license_finder", "go-licenses check|report", "license-checker", "license-checker-rseidelsohn", "pip-licenses", "licensecheck", "liccheck", "reuse lint", "scancode", "cargo .. about", "cargo-about", "addlicense", "license-eye", "ort analyze|scan|evaluate", "license-report", "dotnet-project-licenses", "nuget-license"), (), ("reuse", "liccheck")),
)

POSTURE: tuple[Tool, ...] = (
    Tool("OpenSSF Scorecard", (Purpose.POSTURE_SCAN,), ("ossf/scorecard-action",), ("scorecard", "scorecard-attestor", "allstar", "legitify analyze", "step-security-cli")),
    Tool("Privateer or Minder", (Purpose.POSTURE_SCAN,), ("revanite-io/osps-baseline-action", "ossf/pvtr-github-repo-scanner", "ossf/osps-baseline-action"), ("privateer run", "pvtr run", "chain-bench scan")),
)

HOOKS: tuple[Tool, ...] = (
    Tool("pre-commit", (Purpose.HOOKS,), ("pre-commit/action", "j178/prek-action", "tox-dev/action-pre-commit-uv", "cloudposse/github-action-pre-commit", "pre-commit-ci/lite-action"), ("pre-commit run", "prek run", "prek $")),
    Tool("Lefthook", (Purpose.HOOKS,), (), ("lefthook run",)),
)

SCANS = (*HOOKS, *STATIC, *LINTERS, *CONFIGURATION, *FUZZING, *DYNAMIC, *SECRETS, *COMPOSITION, *LICENCES, *POSTURE)
