defmodule Lib.MixProject do
  use Mix.Project

  def project, do: [app: :lib, deps: deps(), package: package()]

  defp deps do
    [{:jason, "~> 1.0"}]
  end
end
