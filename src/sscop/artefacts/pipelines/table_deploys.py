"""Tools that put a service on its owner's servers: nothing that a customer installs. `tools` says how a row is read."""

from __future__ import annotations

from sscop.artefacts.pipelines.tools import Purpose, Tool

# fmt: off
_DEPLOY = (Purpose.DEPLOYMENT,)

DEPLOYS: tuple[Tool, ...] = (
    Tool("Kubernetes", _DEPLOY, ("azure/k8s-deploy", "azure/k8s-set-context", "stefanprodan/kube-tools"), ("kubectl apply|set|rollout|replace|patch !--local !--dry-run", "helm upgrade", "helmfile apply|sync", "kustomize deploy", "argocd app", "skaffold deploy", "cloud-platform environment")),
    Tool("Azure", _DEPLOY, ("azure/webapps-deploy", "azure/functions-action", "azure/static-web-apps-deploy", "azure/container-apps-deploy-action", "azure/arm-deploy", "task: azurewebapp*", "task: azurermwebappdeployment*", "task: azurefunctionapp*", "task: azureresourcemanagertemplatedeployment*", "task: kubernetesmanifest*", "task: helmdeploy*"), ("az webapp|functionapp|containerapp|deployment", "azd deploy|up")),
    Tool("AWS", _DEPLOY, ("aws-actions/amazon-ecs-deploy-task-definition", "einaregilsson/beanstalk-deploy", "aws-actions/aws-cloudformation-github-deploy", "orb: aws-ecs/*"), ("aws ecs update-service|register-task-definition", "aws lambda update-function-code|publish-version", "aws elasticbeanstalk", "aws cloudformation deploy|update-stack", "aws deploy", "eb deploy", "sam deploy", "cdk deploy", "copilot deploy|svc", "serverless deploy", "sls deploy", "ecs-deploy", "proxygen instance")),
    Tool("Google Cloud", _DEPLOY, ("google-github-actions/deploy-cloudrun", "google-github-actions/deploy-appengine", "google-github-actions/deploy-cloud-functions"), ("gcloud run deploy", "gcloud app deploy", "gcloud functions deploy")),
    Tool("a platform", _DEPLOY, ("akhileshns/heroku-deploy", "amondnet/vercel-action", "superfly/flyctl-actions", "cloudflare/wrangler-action", "nwtgck/actions-netlify", "cloud-gov/cg-cli-tools", "appleboy/ssh-action", "bitovi/github-actions-deploy-docker-to-ec2"), ("cf push|v3-push|zero-downtime-push|blue-green-deploy", "cf7 push", "heroku container:release|container:push|deploy", "flyctl deploy", "fly deploy", "wrangler deploy|publish", "vercel deploy", "netlify deploy", "cap deploy", "capistrano", "ansible-playbook", "dokku", "nomad run|job", "kamal deploy", "railway up", "render deploy")),
    Tool("infrastructure", _DEPLOY, ("hashicorp/tfc-workflows-github",), ("terraform apply", "tofu apply", "terragrunt apply|run-all", "pulumi up")),
)
