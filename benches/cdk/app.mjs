// The peer of the starter spec `postgres-single-user`, written with the AWS CDK:
// secret, rotation function with its role, log group and permissions, security groups
// and their rules, interface endpoint, rotation schedule.
//
//   npm install
//   CDK_OUTDIR=cdk.out STACKS=1000 node app.mjs
//
// STACKS is how many stacks to write, one rotation each; CDK_VALIDATION=false leaves out
// the CDK's own validation of the templates. `../compare.py` measures it.
//
// The modules are imported one by one: importing all of `aws-cdk-lib` would cost more.
import { App, CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import {
  CfnSecurityGroupIngress,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  Peer,
  Port,
  SecurityGroup,
  Subnet,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import {
  Effect,
  ManagedPolicy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { CfnPermission, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager';

const STACKS = Number(process.env.STACKS ?? '1');
if (!Number.isInteger(STACKS) || STACKS < 1) {
  throw new Error(`STACKS must be a whole number from 1 on, not ${process.env.STACKS}`);
}

const DATABASE_PORT = 5432;
const ENDPOINT_PORT = 443;
const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

class RotationStack extends Stack {
  constructor(scope, name, spec) {
    super(scope, name, {
      stackName: name,
      description: `Rotates the secret ${spec.secret.name}`,
    });

    const parameter = (id, description) =>
      new CfnParameter(this, id, { description }).valueAsString;
    const host = parameter('DatabaseHost', 'Endpoint of the database');
    const bucket = parameter('CodeBucket', 'Bucket of the function zip');
    const key = parameter('CodeKey', 'Key of the function zip');

    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: spec.placement.vpc,
      availabilityZones: ['a', 'b'],
      privateSubnetIds: spec.placement.subnets,
    });
    const subnets = spec.placement.subnets.map((id, i) =>
      Subnet.fromSubnetId(this, `Subnet${i}`, id));

    const secret = new Secret(this, 'Secret', {
      secretName: spec.secret.name,
      description: `Login ${spec.secret.username} of ${spec.database.instance}`,
      removalPolicy: RemovalPolicy.RETAIN,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({
          engine: 'postgres',
          host: host,
          port: DATABASE_PORT,
          dbname: spec.database.dbname,
          username: spec.secret.username,
        }),
        generateStringKey: 'password',
        passwordLength: 32,
        excludeCharacters: ' %+~`#$&*()|[]{}:;<>?!\'/@"\\',
      },
    });

    // Network: the function reaches the database and the endpoint, nothing else.
    const functionGroup = new SecurityGroup(this, 'FunctionGroup', {
      vpc,
      description: 'Rotation function',
      allowAllOutbound: false,
    });
    const endpointGroup = new SecurityGroup(this, 'EndpointGroup', {
      vpc,
      description: 'Secrets Manager endpoint',
      allowAllOutbound: false,
    });
    functionGroup.addEgressRule(
      Peer.securityGroupId(spec.database.securityGroup), Port.tcp(DATABASE_PORT), 'Database');
    functionGroup.addEgressRule(endpointGroup, Port.tcp(ENDPOINT_PORT), 'Secrets Manager endpoint');
    endpointGroup.addIngressRule(functionGroup, Port.tcp(ENDPOINT_PORT), 'Rotation function');
    const databaseIngress = new CfnSecurityGroupIngress(this, 'DatabaseIngress', {
      groupId: spec.database.securityGroup,
      sourceSecurityGroupId: functionGroup.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: DATABASE_PORT,
      toPort: DATABASE_PORT,
      description: 'Rotation function',
    });
    const endpoint = new InterfaceVpcEndpoint(this, 'Endpoint', {
      vpc,
      service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
      subnets: { subnets },
      securityGroups: [endpointGroup],
      privateDnsEnabled: true,
      open: false,
    });

    // Role: what a rotation in a VPC needs.
    const functionName = `${name}-rotation`;
    const logGroup = new LogGroup(this, 'LogGroup', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    const functionArn = this.formatArn({
      service: 'lambda',
      resource: `function:${functionName}`,
    });
    const policy = new ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({
          sid: 'RotateTheSecret',
          actions: [
            'secretsmanager:DescribeSecret',
            'secretsmanager:GetSecretValue',
            'secretsmanager:PutSecretValue',
            'secretsmanager:UpdateSecretVersionStage',
          ],
          resources: [secret.secretArn],
          conditions: {
            ArnEquals: { 'secretsmanager:resource/AllowRotationLambdaArn': functionArn },
          },
        }),
        new PolicyStatement({
          sid: 'GeneratePassword',
          actions: ['secretsmanager:GetRandomPassword'],
          resources: ['*'],
        }),
        new PolicyStatement({
          sid: 'WriteLogs',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
        new PolicyStatement({
          sid: 'NetworkInterfaces',
          actions: NETWORK_INTERFACE_ACTIONS,
          resources: ['*'],
        }),
        new PolicyStatement({
          sid: 'NotFromInsideTheFunction',
          effect: Effect.DENY,
          actions: NETWORK_INTERFACE_ACTIONS,
          resources: ['*'],
          conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
        }),
      ],
    });

    const rotation = new LambdaFunction(this, 'Function', {
      functionName,
      description: `Rotates ${spec.secret.name}`,
      runtime: Runtime.PYTHON_3_13,
      handler: 'rotate.handler',
      code: Code.fromBucket(
        Bucket.fromBucketName(this, 'Bucket', bucket), key),
      role,
      timeout: Duration.seconds(30),
      memorySize: 256,
      logGroup,
      vpc,
      vpcSubnets: { subnets },
      securityGroups: [functionGroup],
    });
    const permission = new CfnPermission(this, 'Invoke', {
      functionName: rotation.functionArn,
      principal: 'secretsmanager.amazonaws.com',
      action: 'lambda:InvokeFunction',
      sourceAccount: this.account,
      sourceArn: secret.secretArn,
    });

    // The first rotation starts at once: everything that it needs comes before it.
    // (`addRotationSchedule` would grant the role and Secrets Manager a second time.)
    const schedule = new CfnRotationSchedule(this, 'Schedule', {
      secretId: secret.secretArn,
      rotationLambdaArn: rotation.functionArn,
      rotationRules: { scheduleExpression: 'rate(30 days)', duration: '3h' },
    });
    schedule.node.addDependency(
      policy, permission, databaseIngress, endpoint, functionGroup, endpointGroup);
  }
}

const app = new App();
for (let i = 0; i < STACKS; i++) {
  const suffix = i === 0 ? '' : `-${i}`;
  new RotationStack(app, `orders-db${suffix}`, {
    secret: { name: `prod/orders${suffix}/db`, username: 'orders_app' },
    database: {
      instance: `orders-prod${suffix}`,
      dbname: 'orders',
      securityGroup: 'sg-0db00000000000001',
    },
    placement: {
      vpc: 'vpc-0a000000000000001',
      subnets: ['subnet-0a00000000000000a', 'subnet-0a00000000000000b'],
    },
  });
}
app.synth();
